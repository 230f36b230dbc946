using System.Globalization;
using System.Text;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Dashboard.Pages;

/// <summary>Addresses of pages.</summary>
internal static class Links
{
    /// <summary>All mocks.</summary>
    public const string Mocks = "/mocks";

    /// <summary>A new mock.</summary>
    public const string NewMock = "/mocks/new";

    /// <summary>All collections.</summary>
    public const string Collections = "/collections";

    /// <summary>A new collection.</summary>
    public const string NewCollection = "/collections/new";

    /// <summary>Usage.</summary>
    public const string Usage = "/usage";

    /// <summary>A mock, or something of it.</summary>
    public static string Mock(ObjectKey key, string? part = null) => Below(Mocks, key, part);

    /// <summary>A call of a mock, or something of it.</summary>
    public static string Call(ObjectKey key, string id, string? part = null) => Mock(key, $"calls/{Uri.EscapeDataString(id)}{(part is null ? "" : $"/{part}")}");

    /// <summary>Something of a server response of a mock; null for a new one.</summary>
    public static string Response(ObjectKey key, string part, string? name = null) => With(Mock(key, $"responses/{part}"), ("response", name));

    /// <summary>A collection, or something of it.</summary>
    public static string Collection(ObjectKey key, string? part = null) => Below(Collections, key, part);

    /// <summary>An address with parameters; those that are null or empty are left out.</summary>
    public static string With(string path, params ReadOnlySpan<(string Name, string? Value)> parameters)
    {
        var address = new StringBuilder(path);
        var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach (var (name, value) in parameters)
        {
            if (string.IsNullOrEmpty(value))
                continue;
            address.Append(separator).Append(name).Append('=').Append(Uri.EscapeDataString(value));
            separator = '&';
        }

        return address.ToString();
    }

    /// <summary>A page of a list.</summary>
    public static string? Number(int page) => page <= 1 ? null : page.ToString(CultureInfo.InvariantCulture);

    private static string Below(string path, ObjectKey key, string? part) =>
        $"{path}/{Uri.EscapeDataString(key.Namespace)}/{Uri.EscapeDataString(key.Name)}{(part is null ? "" : $"/{part}")}";
}
