using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using MockOperator.Kinds;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// The host name of a mock whose spec names none, such as <c>{name}.{namespace}.mocks.example.com</c>. Where name and namespace stand in one label, as in
/// <c>{name}-{namespace}.mocks.example.com</c>, another mock may come to the same text: <c>a-b</c> in <c>c</c> and <c>a</c> in <c>b-c</c>. Mocks whose text can be read
/// in more than one way get a hash of both at its end.
/// </summary>
public sealed class DomainTemplate
{
    private const string Name = "{name}";
    private const string Namespace = "{namespace}";

    private const int HashLength = 8;

    private readonly string _text;

    private DomainTemplate(string text) => _text = text;

    /// <summary>Parses a template.</summary>
    /// <param name="text">The text; null or empty for none.</param>
    /// <param name="template">The template.</param>
    /// <param name="problem">What is wrong with the text.</param>
    /// <returns>Whether the text is a template.</returns>
    public static bool TryParse(string text, [NotNullWhen(true)] out DomainTemplate? template, [NotNullWhen(false)] out string? problem)
    {
        template = null;
        problem = null;
        if (!text.Contains(Name, StringComparison.Ordinal) || !text.Contains(Namespace, StringComparison.Ordinal))
            problem = "a domain template holds {name} and {namespace}, so that no two mocks get one host name: {name}.{namespace}.mocks.example.com";
        else if (!IsHostName(Expand(text, "n", "n")))
            problem = "a domain template is a host name once {name} and {namespace} are filled in: lower-case letters, digits, '-' and '.'";
        else
            template = new DomainTemplate(text);
        return template is not null;
    }

    /// <summary>The host name of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="host">The host name.</param>
    /// <param name="problem">Why there is none: name and namespace together are too long for it.</param>
    /// <returns>Whether there is one.</returns>
    public bool TryExpand(MockServer mock, [NotNullWhen(true)] out string? host, [NotNullWhen(false)] out string? problem)
    {
        ArgumentNullException.ThrowIfNull(mock);
        string name = mock.Metadata.Name;
        string ns = mock.Metadata.NamespaceProperty;
        host = Expand(IsAmbiguous(name, ns) ? WithHash(name, ns) : _text, name, ns);
        problem = IsHostName(host) ? null : $"'{host}' is no host name (a label has at most 63 characters): set spec.ingress.host or spec.gateway.hostnames";
        return problem is null;
    }

    /// <summary>Whether a text is a host name (RFC 1123).</summary>
    /// <param name="host">The text.</param>
    public static bool IsHostName(string host)
        => host.Length is > 0 and <= 253
            && host.Split('.').All(IsLabel);

    // A label that holds only one of the two gives that one away, and with it the other. Else the text must have one reading: each split of it is a mock that may exist.
    private bool IsAmbiguous(string name, string ns)
    {
        List<string> labels = [.. _text.Split('.').Where(static label => Placeholders(label) > 0)];
        if (labels.Exists(static label => Placeholders(label) == 1))
            return false;
        if (labels.Find(static label => Placeholders(label) == 2) is not { } pair)
            return true;

        bool nameFirst = pair.IndexOf(Name, StringComparison.Ordinal) is >= 0 and var at && at < pair.IndexOf(Namespace, StringComparison.Ordinal);
        (string first, string second) = nameFirst ? (Name, Namespace) : (Namespace, Name);
        int behindFirst = pair.IndexOf(first, StringComparison.Ordinal) + first.Length;
        int atSecond = pair.IndexOf(second, behindFirst, StringComparison.Ordinal);
        if (atSecond < 0)
            return true;

        string between = pair[behindFirst..atSecond];
        string joined = Expand(first + between + second, name, ns);
        return Enumerable.Range(1, Math.Max(0, joined.Length - between.Length - 1)).Count(split =>
            string.CompareOrdinal(joined, split, between, 0, between.Length) == 0
            && IsLabel(joined[..split]) && IsLabel(joined[(split + between.Length)..])) > 1;
    }

    private string WithHash(string name, string ns)
    {
        int end = Math.Max(_text.LastIndexOf(Name, StringComparison.Ordinal) + Name.Length, _text.LastIndexOf(Namespace, StringComparison.Ordinal) + Namespace.Length);
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{ns}/{name}")))[..HashLength];
        return _text.Insert(end, "-" + hash);
    }

    private static int Placeholders(string label) => Count(label, Name) + Count(label, Namespace);

    private static int Count(string label, string placeholder) => (label.Length - label.Replace(placeholder, "", StringComparison.Ordinal).Length) / placeholder.Length;

    private static bool IsLabel(string text) =>
        text.Length is > 0 and <= 63
        && text.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
        && text[0] != '-' && text[^1] != '-';

    private static string Expand(string text, string name, string ns) => text.Replace(Name, name, StringComparison.Ordinal).Replace(Namespace, ns, StringComparison.Ordinal);
}
