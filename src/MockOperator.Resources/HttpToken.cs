using System.Buffers;

namespace MockOperator.Resources;

/// <summary>The token of HTTP (RFC 9110 §5.6.2): what methods and header names are made of.</summary>
public static class HttpToken
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ");

    /// <summary>Whether the text is a token. Allocates nothing.</summary>
    /// <param name="text">The text.</param>
    public static bool IsToken(ReadOnlySpan<char> text) => !text.IsEmpty && !text.ContainsAnyExcept(Characters);

    /// <summary>Whether the text is a comma-separated list of tokens, at least one, with optional blanks around them. Allocates nothing.</summary>
    /// <param name="text">The text.</param>
    public static bool IsTokenList(ReadOnlySpan<char> text)
    {
        foreach (var range in text.Split(','))
        {
            if (!IsToken(text[range].Trim(" \t")))
                return false;
        }

        return true;
    }
}
