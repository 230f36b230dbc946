using System.Text;
using System.Text.Unicode;

namespace MockOperator.Cli.Manifests;

/// <summary>
/// Replaces what is no character, broken UTF-8 and escaped halves of surrogate pairs, by U+FFFD, as the API server does when it reads a manifest. The framework's reader takes such a document and
/// fails when the text is asked for.
/// </summary>
internal static class BrokenCharacters
{
    private const int EscapeLength = 6;

    /// <summary>Repairs a JSON document.</summary>
    /// <param name="json">The document; it is not changed.</param>
    /// <returns>The document itself when there is nothing to repair.</returns>
    public static ReadOnlyMemory<byte> Replace(ReadOnlyMemory<byte> json)
    {
        byte[]? copy = Utf8.IsValid(json.Span) ? null : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(json.Span));
        int position = 0;
        while (true)
        {
            ReadOnlySpan<byte> text = copy ?? json.Span;
            int next = text[position..].IndexOf((byte)'\\');
            if (next < 0)
            {
                return copy ?? json;
            }

            position += next;
            int length = LengthOf(text[position..], out bool isHalf);
            if (isHalf)
            {
                copy ??= json.ToArray();
                "\\uFFFD"u8.CopyTo(copy.AsSpan(position));
            }

            position = Math.Min(position + length, text.Length);
        }
    }

    /// <summary>Length of the escape that a text begins with, of both escapes when they are a pair.</summary>
    private static int LengthOf(ReadOnlySpan<byte> text, out bool isHalf)
    {
        isHalf = false;
        if (!TryReadUnit(text, out int first))
        {
            return 2;
        }

        if (!char.IsSurrogate((char)first))
        {
            return EscapeLength;
        }

        if (char.IsHighSurrogate((char)first) && TryReadUnit(text[EscapeLength..], out int second) && char.IsLowSurrogate((char)second))
        {
            return 2 * EscapeLength;
        }

        isHalf = true;
        return EscapeLength;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out int unit)
    {
        unit = 0;
        if (text.Length < EscapeLength || !text.StartsWith("\\u"u8))
        {
            return false;
        }

        foreach (byte digit in text[2..EscapeLength])
        {
            if (!char.IsAsciiHexDigit((char)digit))
            {
                return false;
            }

            unit = (unit << 4) | (char.IsAsciiDigit((char)digit) ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return true;
    }
}
