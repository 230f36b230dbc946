using System.Buffers;
using System.Text;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Percent-decoding that never fails: what is no valid escape, or no valid UTF-8 once decoded, stays as it is written (RFC 3986 §2.1 leaves such
/// input undefined; a mock had better compare it literally than refuse it).
/// </summary>
internal static class PercentDecoding
{
    /// <summary>Stands for an encoded slash inside a segment, which must not be taken for a separator.</summary>
    internal const char EncodedSlash = '\uFFFF';

    /// <summary>Decodes a path segment or a whole path: <c>%2F</c> becomes <see cref="EncodedSlash"/>, <c>+</c> stays.</summary>
    /// <param name="text">Encoded text.</param>
    /// <param name="output">At least as long as the text.</param>
    /// <returns>Number of characters written; never more than the text has.</returns>
    internal static int DecodePath(ReadOnlySpan<char> text, Span<char> output) => Decode(text, output, plusIsSpace: false, hideSlash: true);

    /// <summary>Decodes a query key or value: <c>+</c> becomes a space.</summary>
    /// <inheritdoc cref="DecodePath(ReadOnlySpan{char}, Span{char})"/>
    internal static int DecodeQuery(ReadOnlySpan<char> text, Span<char> output) => Decode(text, output, plusIsSpace: true, hideSlash: false);

    /// <summary>Decodes a path segment for comparison.</summary>
    internal static string DecodePath(string text)
    {
        if (!text.Contains('%', StringComparison.Ordinal))
        {
            return text;
        }

        char[] output = new char[text.Length];
        return new string(output, 0, DecodePath(text, output));
    }

    /// <summary>Decodes a query key or value.</summary>
    internal static string DecodeQuery(ReadOnlySpan<char> text)
    {
        if (text.IndexOfAny('%', '+') < 0)
        {
            return text.ToString();
        }

        char[] output = new char[text.Length];
        return new string(output, 0, DecodeQuery(text, output));
    }

    private static int Decode(ReadOnlySpan<char> text, Span<char> output, bool plusIsSpace, bool hideSlash)
    {
        int written = 0;
        int position = 0;
        while (position < text.Length)
        {
            char current = text[position];
            if (current == '%' && TryDecodeRune(text[position..], out Rune rune, out int consumed))
            {
                written += hideSlash && rune.Value == '/' ? Put(output, written, EncodedSlash) : rune.EncodeToUtf16(output[written..]);
                position += consumed;
                continue;
            }

            output[written++] = plusIsSpace && current == '+' ? ' ' : current;
            position++;
        }

        return written;
    }

    private static int Put(Span<char> output, int position, char value)
    {
        output[position] = value;
        return 1;
    }

    /// <summary>Reads the escapes of one character: one for ASCII, up to four otherwise.</summary>
    private static bool TryDecodeRune(ReadOnlySpan<char> text, out Rune rune, out int consumed)
    {
        Span<byte> bytes = stackalloc byte[4];
        int count = 0;
        while (count < 4 && TryReadByte(text[(count * 3)..], out bytes[count]))
        {
            count++;
            OperationStatus status = Rune.DecodeFromUtf8(bytes[..count], out rune, out _);
            if (status == OperationStatus.Done)
            {
                consumed = count * 3;
                return true;
            }

            if (status != OperationStatus.NeedMoreData)
            {
                break;
            }
        }

        rune = default;
        consumed = 0;
        return false;
    }

    private static bool TryReadByte(ReadOnlySpan<char> text, out byte value)
    {
        value = 0;
        if (text.Length < 3 || text[0] != '%' || !char.IsAsciiHexDigit(text[1]) || !char.IsAsciiHexDigit(text[2]))
        {
            return false;
        }

        value = (byte)((HexValue(text[1]) << 4) | HexValue(text[2]));
        return true;
    }

    private static int HexValue(char digit) => char.IsAsciiDigit(digit) ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
