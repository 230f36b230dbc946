using System.Globalization;
using System.Text;
using System.Text.Unicode;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>
/// Decodes JSON texts, the broken ones too: half a surrogate pair and broken UTF-8 become U+FFFD. The platform's own reader throws on them, which would
/// cost the whole document for one bad character.
/// </summary>
internal static class JsonText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Decodes the inside of a well-formed JSON text, without its quotes.</summary>
    /// <param name="inside">The bytes between the quotes.</param>
    /// <param name="repaired">Whether something stood there that is no Unicode text.</param>
    public static string Decode(ReadOnlySpan<byte> inside, out bool repaired)
    {
        repaired = !Utf8.IsValid(inside);
        if (!inside.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(inside);
        }

        // Measured first and written in place, so that a large body exists once and not twice.
        int length = Unescape(inside, default, measure: true, out bool broken);
        repaired |= broken;
        return string.Create(length, inside, static (text, source) => Unescape(source, text, measure: false, out _));
    }

    /// <summary>As <see cref="Decode"/>, in UTF-8: what is sent as it is need not become a string, which is twice as large.</summary>
    public static byte[] DecodeUtf8(ReadOnlySpan<byte> inside, out bool repaired)
    {
        if (!Utf8.IsValid(inside))
        {
            return Encoding.UTF8.GetBytes(Decode(inside, out repaired));
        }

        repaired = false;
        if (!inside.Contains((byte)'\\'))
        {
            return inside.ToArray();
        }

        byte[] utf8 = new byte[UnescapeUtf8(inside, default, measure: true, out repaired)];
        UnescapeUtf8(inside, utf8, measure: false, out _);
        return utf8;
    }

    private static int UnescapeUtf8(ReadOnlySpan<byte> source, Span<byte> text, bool measure, out bool broken)
    {
        int written = 0;
        broken = false;
        Span<byte> encoded = stackalloc byte[4];
        while (!source.IsEmpty)
        {
            int escape = source.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = escape < 0 ? source : source[..escape];
            source = source[plain.Length..];
            if (!measure)
            {
                plain.CopyTo(text[written..]);
            }

            written += plain.Length;
            if (source.IsEmpty)
            {
                break;
            }

            int length = ReadEscape(ref source, out bool half).EncodeToUtf8(encoded);
            broken |= half;
            if (!measure)
            {
                encoded[..length].CopyTo(text[written..]);
            }

            written += length;
        }

        return written;
    }

    /// <summary>Reads the escape that <paramref name="source"/> begins with; both halves of a surrogate pair are one.</summary>
    private static Rune ReadEscape(ref ReadOnlySpan<byte> source, out bool half)
    {
        half = false;
        if (source[1] != (byte)'u')
        {
            var simple = new Rune(Simple(source[1]));
            source = source[2..];
            return simple;
        }

        char unit = Unit(source);
        source = source[6..];
        if (Rune.TryCreate(unit, out Rune rune))
        {
            return rune;
        }

        if (char.IsHighSurrogate(unit) && source.StartsWith("\\u"u8) && Rune.TryCreate(unit, Unit(source), out rune))
        {
            source = source[6..];
            return rune;
        }

        half = true;
        return Rune.ReplacementChar;
    }

    private static int Unescape(ReadOnlySpan<byte> source, Span<char> text, bool measure, out bool broken)
    {
        int written = 0;
        broken = false;
        while (!source.IsEmpty)
        {
            int escape = source.IndexOf((byte)'\\');
            ReadOnlySpan<byte> plain = escape < 0 ? source : source[..escape];
            written += measure ? Encoding.UTF8.GetCharCount(plain) : Encoding.UTF8.GetChars(plain, text[written..]);
            if (escape < 0)
            {
                break;
            }

            source = source[escape..];
            if (source[1] != (byte)'u')
            {
                Put(text, written++, Simple(source[1]), measure);
                source = source[2..];
                continue;
            }

            char unit = Unit(source);
            source = source[6..];
            if (char.IsHighSurrogate(unit) && source.StartsWith("\\u"u8) && Unit(source) is char low && char.IsLowSurrogate(low))
            {
                Put(text, written++, unit, measure);
                Put(text, written++, low, measure);
                source = source[6..];
                continue;
            }

            bool half = char.IsSurrogate(unit);
            broken |= half;
            Put(text, written++, half ? Replacement : unit, measure);
        }

        return written;
    }

    private static void Put(Span<char> text, int position, char value, bool measure)
    {
        if (!measure)
        {
            text[position] = value;
        }
    }

    private static char Simple(byte letter) => letter switch
    {
        (byte)'b' => '\b',
        (byte)'f' => '\f',
        (byte)'n' => '\n',
        (byte)'r' => '\r',
        (byte)'t' => '\t',
        _ => (char)letter,
    };

    /// <summary>The UTF-16 unit of a <c>\uXXXX</c> escape, whose four digits were checked with the document.</summary>
    private static char Unit(ReadOnlySpan<byte> escape) => (char)ushort.Parse(escape.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
}
