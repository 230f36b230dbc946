using System.Diagnostics.CodeAnalysis;
using MockOperator.Resources;

namespace MockOperator.Client.Mocks;

/// <summary>A header as people write it: <c>Name: value</c>.</summary>
public static class HeaderLine
{
    /// <summary>Reads one.</summary>
    /// <param name="text">The line.</param>
    /// <param name="header">The header, when it is one: a token of HTTP, a colon, and a value without line breaks.</param>
    /// <returns>Whether it is one.</returns>
    public static bool TryRead(string text, [NotNullWhen(true)] out HeaderSpec? header)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        header = colon > 0 && HttpToken.IsToken(text.AsSpan(0, colon).Trim()) && !text.AsSpan().ContainsAny('\r', '\n', '\0')
            ? new HeaderSpec { Name = text[..colon].Trim(), Value = text[(colon + 1)..].Trim() }
            : null;
        return header is not null;
    }
}
