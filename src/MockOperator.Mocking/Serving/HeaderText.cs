using System.Text;

namespace MockOperator.Mocking.Serving;

/// <summary>
/// Makes a text safe as a header value (RFC 9110 §5.5), as templates do it per request: control characters become spaces, what is beyond ASCII is
/// percent-encoded as UTF-8. What a collection says never adds a header or ends the head.
/// </summary>
internal static class HeaderText
{
    /// <summary>Makes a value safe and trims it.</summary>
    internal static string Clean(string value)
    {
        if (!value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return value.Trim(' ');
        }

        var clean = new StringBuilder(value.Length + 8);
        Span<byte> utf8 = stackalloc byte[4];
        foreach (Rune rune in value.EnumerateRunes())
        {
            if (rune.IsAscii)
            {
                clean.Append(rune.Value is '\t' or (>= ' ' and < 0x7F) ? (char)rune.Value : ' ');
                continue;
            }

            foreach (byte unit in utf8[..rune.EncodeToUtf8(utf8)])
            {
                clean.Append('%').Append(unit.ToString("X2"));
            }
        }

        return clean.ToString().Trim(' ', '\t');
    }

    /// <summary>Whether a text is a header name: a token of RFC 9110 §5.6.2.</summary>
    internal static bool IsName(string name) =>
        name.Length > 0 && name.All(static letter => char.IsAsciiLetterOrDigit(letter) || "!#$%&'*+-.^_`|~".Contains(letter, StringComparison.Ordinal));
}
