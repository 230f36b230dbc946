namespace MockOperator.Mocking.Matching;

/// <summary>Reads the fields of an <c>application/x-www-form-urlencoded</c> body, one after the other, without allocation.</summary>
internal ref struct FormFields
{
    private ReadOnlySpan<byte> _rest;
    private readonly Span<byte> _scratch;

    /// <summary>Starts reading.</summary>
    /// <param name="body">The body.</param>
    /// <param name="scratch">As long as the body.</param>
    internal FormFields(ReadOnlySpan<byte> body, Span<byte> scratch)
    {
        _rest = body;
        _scratch = scratch;
    }

    /// <summary>Decoded name of the current field.</summary>
    internal ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>Decoded value of the current field.</summary>
    internal ReadOnlySpan<byte> Value { get; private set; }

    /// <summary>Goes to the next field; empty pieces are passed over.</summary>
    internal bool Read()
    {
        while (!_rest.IsEmpty)
        {
            int end = _rest.IndexOf((byte)'&');
            ReadOnlySpan<byte> piece = end < 0 ? _rest : _rest[..end];
            _rest = end < 0 ? default : _rest[(end + 1)..];
            if (piece.IsEmpty)
            {
                continue;
            }

            int equals = piece.IndexOf((byte)'=');
            int name = Decode(equals < 0 ? piece : piece[..equals], _scratch);
            int value = equals < 0 ? 0 : Decode(piece[(equals + 1)..], _scratch[name..]);
            Name = _scratch[..name];
            Value = _scratch.Slice(name, value);
            return true;
        }

        return false;
    }

    private static int Decode(ReadOnlySpan<byte> text, Span<byte> output)
    {
        int written = 0;
        for (int index = 0; index < text.Length; index++)
        {
            byte current = text[index];
            if (current == '%' && index + 2 < text.Length && char.IsAsciiHexDigit((char)text[index + 1]) && char.IsAsciiHexDigit((char)text[index + 2]))
            {
                current = (byte)((HexValue(text[index + 1]) << 4) | HexValue(text[index + 2]));
                index += 2;
            }
            else if (current == '+')
            {
                current = (byte)' ';
            }

            output[written++] = current;
        }

        return written;
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;
}
