using System.Text;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Serving;

/// <summary>A response header: its value is known at load, or rendered per request.</summary>
public sealed class PreparedHeader
{
    private readonly Template? _template;

    internal PreparedHeader(string name, Template template)
    {
        Name = name;
        IsContentType = IsNameOfContentType(name);
        _template = template.IsStatic ? null : template;
        Value = template.IsStatic ? HeaderText.Clean(Encoding.UTF8.GetString(template.Utf8.Span)) : null;
    }

    internal PreparedHeader(string name, string value)
    {
        Name = name;
        IsContentType = IsNameOfContentType(name);
        Value = HeaderText.Clean(value);
    }

    /// <summary>Static headers are equal when they read the same; a template equals itself alone.</summary>
    internal static IEqualityComparer<PreparedHeader> SameText { get; } = EqualityComparer<PreparedHeader>.Create(
        static (left, right) => ReferenceEquals(left, right) || (left is { Value: not null } && left.Name == right?.Name && left.Value == right.Value),
        static header => HashCode.Combine(header.Name, header.Value));

    /// <summary>Name as the example writes it: a token (RFC 9110 §5.6.2).</summary>
    public string Name { get; }

    /// <summary>Whether it is <c>Content-Type</c>, which nearly every answer has, and which a host sets more quickly than a header by its name.</summary>
    public bool IsContentType { get; }

    /// <summary>The value when it is static; null when <see cref="Render"/> makes it. Visible ASCII, spaces and tabs only.</summary>
    public string? Value { get; }

    /// <summary>Whether rendering looks into the request body.</summary>
    public bool ReadsBody => _template is { ReadsBody: true };

    /// <summary>The value for one request. Visible ASCII, spaces and tabs only.</summary>
    public string Render(ref RenderContext context) => _template is null ? Value! : _template.RenderHeader(ref context);

    private static bool IsNameOfContentType(string name) => name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase);
}
