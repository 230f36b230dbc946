using System.Buffers;
using System.Globalization;
using System.Text;

namespace MockOperator.Mocking.Matching;

/// <summary>Resolves the escapes of a JSON string (RFC 8259 §7). A lone surrogate, which no UTF-8 can say, counts as the three bytes it would have.</summary>
internal static class JsonEscapes
{
    private const int ShortText = 256;

    /// <summary>Hash of a string's value.</summary>
    /// <param name="text">What stands between the quotes.</param>
    /// <param name="hash">Hash of the value: the same as that of the value written without escapes.</param>
    /// <returns>False when an escape is none.</returns>
    internal static bool TryHash(ReadOnlySpan<byte> text, out ulong hash)
    {
        byte[]? rented = text.Length > ShortText ? ArrayPool<byte>.Shared.Rent(text.Length) : null;
        Span<byte> output = rented is null ? stackalloc byte[ShortText] : rented;
        bool resolved = TryResolve(text, output, out int length);
        hash = resolved ? ContentHash.Of(output[..length]) : 0;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return resolved;
    }

    /// <summary>The text of a string of a document that has been read.</summary>
    /// <param name="text">What stands between the quotes.</param>
    internal static string Resolve(ReadOnlySpan<byte> text)
    {
        if (!text.Contains((byte)'\\'))
        {
            return Encoding.UTF8.GetString(text);
        }

        byte[] output = ArrayPool<byte>.Shared.Rent(text.Length);
        TryResolve(text, output, out int length);
        string resolved = Encoding.UTF8.GetString(output, 0, length);
        ArrayPool<byte>.Shared.Return(output);
        return resolved;
    }

    private static bool TryResolve(ReadOnlySpan<byte> text, Span<byte> output, out int length)
    {
        length = 0;
        int position = 0;
        while (position < text.Length)
        {
            byte current = text[position++];
            if (current != '\\')
            {
                output[length++] = current;
                continue;
            }

            if (position == text.Length)
            {
                return false;
            }

            current = text[position++];
            if (current == 'u')
            {
                if (!TryReadUnit(text[position..], out int unit))
                {
                    return false;
                }

                position += 4;
                if (char.IsHighSurrogate((char)unit)
                    && text[position..].StartsWith("\\u"u8)
                    && TryReadUnit(text[(position + 2)..], out int low)
                    && char.IsLowSurrogate((char)low))
                {
                    position += 6;
                    length += new Rune((char)unit, (char)low).EncodeToUtf8(output[length..]);
                }
                else
                {
                    length += Encode(unit, output[length..]);
                }
            }
            else if (Simple(current) is var plain and not 0)
            {
                output[length++] = plain;
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryReadUnit(ReadOnlySpan<byte> text, out int unit)
    {
        unit = 0;
        return text.Length >= 4 && int.TryParse(text[..4], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out unit);
    }

    private static int Encode(int unit, Span<byte> output)
    {
        if (Rune.TryCreate(unit, out Rune rune))
        {
            return rune.EncodeToUtf8(output);
        }

        output[0] = (byte)(0xE0 | (unit >> 12));
        output[1] = (byte)(0x80 | ((unit >> 6) & 0x3F));
        output[2] = (byte)(0x80 | (unit & 0x3F));
        return 3;
    }

    private static byte Simple(byte letter) => letter switch
    {
        (byte)'"' or (byte)'\\' or (byte)'/' => letter,
        (byte)'b' => (byte)'\b',
        (byte)'f' => (byte)'\f',
        (byte)'n' => (byte)'\n',
        (byte)'r' => (byte)'\r',
        (byte)'t' => (byte)'\t',
        _ => 0,
    };
}
