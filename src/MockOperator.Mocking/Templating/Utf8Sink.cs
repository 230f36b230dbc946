using System.Buffers;
using System.Buffers.Text;
using System.Text;

namespace MockOperator.Mocking.Templating;

/// <summary>
/// Writes text as UTF-8 straight into the buffers of the output. For a header it lets only legal bytes through (RFC 9110 §5.5): a control
/// character, CR, LF and NUL among them, becomes a space, and a byte beyond ASCII is percent-encoded.
/// </summary>
internal ref struct Utf8Sink
{
    private static readonly SearchValues<byte> LegalInHeader = SearchValues.Create(
        "\t !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~"u8);

    private readonly IBufferWriter<byte> _output;
    private readonly bool _isHeader;
    private Span<byte> _buffer;
    private int _used;
    private long _remaining;

    public Utf8Sink(IBufferWriter<byte> output, bool isHeader, long remaining)
    {
        _output = output;
        _isHeader = isHeader;
        _remaining = remaining;
    }

    /// <summary>Bytes of values that may still be written; negative once a value was left out.</summary>
    public readonly long Remaining => _remaining;

    /// <summary>Writes text of the template: it always fits.</summary>
    public void WriteLiteral(scoped ReadOnlySpan<byte> utf8)
    {
        if (_isHeader)
        {
            CopyLegal(utf8);
        }
        else
        {
            Copy(utf8);
        }
    }

    /// <summary>Writes a value that is UTF-8 already.</summary>
    public void Write(scoped ReadOnlySpan<byte> utf8)
    {
        if (Take(utf8.Length + (_isHeader ? 2L * BytesBeyondAscii(utf8) : 0)))
        {
            WriteLiteral(utf8);
        }
    }

    /// <summary>Writes one ASCII character of a value.</summary>
    public void Write(byte character) => Write([character]);

    /// <summary>Writes a value.</summary>
    public void Write(scoped ReadOnlySpan<char> text)
    {
        const int Chunk = 512;
        if (!Take(SentLength(text)))
        {
            return;
        }

        Span<byte> utf8 = stackalloc byte[Chunk * 3];
        while (!text.IsEmpty)
        {
            int length = Math.Min(text.Length, Chunk);
            if (length < text.Length && char.IsHighSurrogate(text[length - 1]) && length > 1)
            {
                length--;
            }

            WriteLiteral(utf8[..Encoding.UTF8.GetBytes(text[..length], utf8)]);
            text = text[length..];
        }
    }

    /// <summary>Writes ASCII text of a value in lower case.</summary>
    public void WriteLower(scoped ReadOnlySpan<byte> ascii)
    {
        Span<byte> lower = stackalloc byte[64];
        while (!ascii.IsEmpty)
        {
            int length = Math.Min(ascii.Length, lower.Length);
            Ascii.ToLower(ascii[..length], lower, out _);
            Write(lower[..length]);
            ascii = ascii[length..];
        }
    }

    /// <summary>Writes ASCII text of a value with its first letter in upper case.</summary>
    public void WriteCapital(scoped ReadOnlySpan<byte> ascii)
    {
        if (!ascii.IsEmpty)
        {
            Write(ascii[0] is >= (byte)'a' and <= (byte)'z' ? (byte)(ascii[0] - 32) : ascii[0]);
            Write(ascii[1..]);
        }
    }

    /// <summary>Writes a number in decimal digits.</summary>
    public void Write(long number)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out int length);
        Write(digits[..length]);
    }

    /// <summary>Writes a number in decimal digits, with zeros in front to the width given.</summary>
    public void Write(int number, int width)
    {
        Span<byte> digits = stackalloc byte[20];
        Utf8Formatter.TryFormat(number, digits, out int length, new StandardFormat('D', (byte)width));
        Write(digits[..length]);
    }

    /// <summary>Hands what was written to the output. The sink writes nothing before.</summary>
    public void Flush()
    {
        if (_used > 0)
        {
            _output.Advance(_used);
        }

        _buffer = default;
        _used = 0;
    }

    // In a header, every byte beyond ASCII is sent as three.
    private readonly long SentLength(scoped ReadOnlySpan<char> text)
    {
        int bytes = Encoding.UTF8.GetByteCount(text);
        if (!_isHeader || bytes == text.Length || bytes > _remaining)
        {
            return bytes;
        }

        int ascii = 0;
        foreach (char character in text)
        {
            ascii += char.IsAscii(character) ? 1 : 0;
        }

        return bytes + (2L * (bytes - ascii));
    }

    private static int BytesBeyondAscii(scoped ReadOnlySpan<byte> utf8)
    {
        int count = 0;
        foreach (byte value in utf8)
        {
            count += value >> 7;
        }

        return count;
    }

    private bool Take(long bytes)
    {
        if (bytes > _remaining)
        {
            _remaining = -1;
            return false;
        }

        _remaining -= bytes;
        return true;
    }

    private void Copy(scoped ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            if (_used == _buffer.Length)
            {
                Flush();
                _buffer = _output.GetSpan();
            }

            int length = Math.Min(utf8.Length, _buffer.Length - _used);
            utf8[..length].CopyTo(_buffer[_used..]);
            _used += length;
            utf8 = utf8[length..];
        }
    }

    private void CopyLegal(scoped ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            int legal = utf8.IndexOfAnyExcept(LegalInHeader);
            if (legal < 0)
            {
                Copy(utf8);
                return;
            }

            Copy(utf8[..legal]);
            byte odd = utf8[legal];
            Copy(odd < 0x80 ? " "u8 : [(byte)'%', HexDigit(odd >> 4), HexDigit(odd & 15)]);
            utf8 = utf8[(legal + 1)..];
        }
    }

    private static byte HexDigit(int value) => "0123456789ABCDEF"u8[value];
}
