using System.Diagnostics.CodeAnalysis;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Exposure;

/// <summary>The host name of a mock whose spec names none, such as <c>{name}-{namespace}.mocks.example.com</c>.</summary>
public sealed class DomainTemplate
{
    private const string Name = "{name}";
    private const string Namespace = "{namespace}";

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
            problem = "a domain template holds {name} and {namespace}, so that no two mocks get one host name: {name}-{namespace}.mocks.example.com";
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
        host = Expand(_text, mock.Metadata.Name, mock.Metadata.NamespaceProperty);
        problem = IsHostName(host) ? null : $"'{host}' is no host name (a label has at most 63 characters): set spec.ingress.host or spec.gateway.hostnames";
        return problem is null;
    }

    /// <summary>Whether a text is a host name (RFC 1123).</summary>
    /// <param name="host">The text.</param>
    public static bool IsHostName(string host)
        => host.Length is > 0 and <= 253
            && host.Split('.').All(static label => label.Length is > 0 and <= 63
                && label.All(static character => char.IsAsciiLetterLower(character) || char.IsAsciiDigit(character) || character == '-')
                && label[0] != '-' && label[^1] != '-');

    private static string Expand(string text, string name, string ns) => text.Replace(Name, name, StringComparison.Ordinal).Replace(Namespace, ns, StringComparison.Ordinal);
}
