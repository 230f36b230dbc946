using System.Buffers.Binary;
using System.Numerics;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A hash that JSON documents share when they say the same: order of members, white space, escapes and the spelling of numbers do not count. One pass
/// over the bytes (RFC 8259, strictly), without a tree, without allocation and without exceptions: a large body costs little more than reading it.
/// </summary>
internal ref struct JsonFingerprint
{
    private const int MaxDepth = 64;
    private const ulong OfObject = 1;
    private const ulong OfArray = 2;
    private const ulong OfString = 3;
    private const ulong OfTrue = 4;
    private const ulong OfFalse = 5;
    private const ulong OfNull = 6;
    private const ulong EveryByte = 0x0101010101010101;
    private const ulong HighBits = 0x8080808080808080;
    private const int SafeDigits = 18;

    private readonly ReadOnlySpan<byte> _text;
    private int _position;

    private JsonFingerprint(ReadOnlySpan<byte> text) => _text = text;

    /// <summary>Computes the hash.</summary>
    /// <param name="utf8">The document.</param>
    /// <param name="hash">Its hash.</param>
    /// <returns>False when it is no JSON, or deeper than 64 levels.</returns>
    internal static bool TryCompute(ReadOnlySpan<byte> utf8, out ulong hash)
    {
        var reader = new JsonFingerprint(utf8);
        Span<Level> levels = stackalloc Level[MaxDepth + 1];
        return reader.TryRead(levels, out hash);
    }

    private bool TryRead(scoped Span<Level> levels, out ulong hash)
    {
        hash = 0;
        int depth = 0;
        levels[0] = default;
        while (true)
        {
            // Here a value begins.
            SkipBlanks();
            if (_position >= _text.Length)
            {
                return false;
            }

            ulong value;
            byte first = _text[_position];
            if (first is (byte)'{' or (byte)'[')
            {
                _position++;
                bool isObject = first == '{';
                SkipBlanks();
                if (!TryTake(isObject ? (byte)'}' : (byte)']'))
                {
                    if (++depth > MaxDepth)
                    {
                        return false;
                    }

                    levels[depth] = new Level { IsObject = isObject };
                    if (isObject && !TryReadName(ref levels[depth]))
                    {
                        return false;
                    }

                    continue;
                }

                value = new Level { IsObject = isObject }.Close();
            }
            else if (!TryReadScalar(first, out value))
            {
                return false;
            }

            // Here a value has ended, and with it perhaps those around it.
            while (true)
            {
                levels[depth].Add(value);
                SkipBlanks();
                if (depth == 0)
                {
                    hash = levels[0].Close();
                    return _position == _text.Length;
                }

                if (TryTake((byte)','))
                {
                    SkipBlanks();
                    if (levels[depth].IsObject && !TryReadName(ref levels[depth]))
                    {
                        return false;
                    }

                    break;
                }

                if (!TryTake(levels[depth].IsObject ? (byte)'}' : (byte)']'))
                {
                    return false;
                }

                value = levels[depth--].Close();
            }
        }
    }

    private bool TryReadName(ref Level level)
    {
        if (!TryReadString(out level.Name))
        {
            return false;
        }

        SkipBlanks();
        return TryTake((byte)':');
    }

    private bool TryReadScalar(byte first, out ulong value)
    {
        switch (first)
        {
            case (byte)'"':
                bool read = TryReadString(out ulong text);
                value = ContentHash.Join(text, OfString);
                return read;
            case (byte)'t':
                value = ContentHash.Join(OfTrue, OfTrue);
                return TryTake("true"u8);
            case (byte)'f':
                value = ContentHash.Join(OfFalse, OfFalse);
                return TryTake("false"u8);
            case (byte)'n':
                value = ContentHash.Join(OfNull, OfNull);
                return TryTake("null"u8);
            default:
                return TryReadNumber(out value);
        }
    }

    private bool TryReadNumber(out ulong value)
    {
        value = 0;
        int start = _position;
        bool isNegative = TryTake((byte)'-');
        int digits = _position;
        long integer = SkipDigits();
        int count = _position - digits;
        if (count == 0 || (count > 1 && _text[digits] == '0'))
        {
            return false;
        }

        bool isInteger = true;
        if (TryTake((byte)'.'))
        {
            isInteger = false;
            int fraction = _position;
            SkipDigits();
            if (_position == fraction)
            {
                return false;
            }
        }

        if (_position < _text.Length && (_text[_position] | 0x20) == 'e')
        {
            isInteger = false;
            _position++;
            _ = TryTake((byte)'+') || TryTake((byte)'-');
            int exponent = _position;
            SkipDigits();
            if (_position == exponent)
            {
                return false;
            }
        }

        value = isInteger && count < SafeDigits ? JsonNumber.Hash(isNegative ? -integer : integer) : JsonNumber.Hash(_text[start.._position]);
        return true;
    }

    /// <summary>Passes over digits; the number they make means something only while it is short.</summary>
    private long SkipDigits()
    {
        long number = 0;
        while (_position < _text.Length && (uint)(_text[_position] - '0') <= 9)
        {
            number = unchecked((number * 10) + (_text[_position++] - '0'));
        }

        return number;
    }

    private bool TryReadString(out ulong hash)
    {
        hash = 0;
        if (!TryTake((byte)'"'))
        {
            return false;
        }

        int start = _position;
        int end = EndOfPlainText(start);
        bool isEscaped = false;
        while (end < _text.Length && _text[end] == '\\')
        {
            isEscaped = true;
            end = EndOfPlainText(Math.Min(end + 2, _text.Length));
        }

        if (end >= _text.Length || _text[end] != '"')
        {
            return false;
        }

        _position = end + 1;
        ReadOnlySpan<byte> text = _text[start..end];
        if (!isEscaped)
        {
            hash = ContentHash.Of(text);
            return true;
        }

        return JsonEscapes.TryHash(text, out hash);
    }

    /// <summary>Where the next quote, backslash or control character is, eight bytes at a time.</summary>
    private readonly int EndOfPlainText(int start)
    {
        ReadOnlySpan<byte> rest = _text[start..];
        int offset = 0;
        while (rest.Length - offset >= sizeof(ulong))
        {
            ulong bytes = BinaryPrimitives.ReadUInt64LittleEndian(rest[offset..]);
            ulong quote = bytes ^ (EveryByte * '"');
            ulong backslash = bytes ^ (EveryByte * '\\');
            ulong found = (((quote - EveryByte) & ~quote) | ((backslash - EveryByte) & ~backslash) | ((bytes - (EveryByte * ' ')) & ~bytes)) & HighBits;
            if (found != 0)
            {
                return start + offset + (BitOperations.TrailingZeroCount(found) >> 3);
            }

            offset += sizeof(ulong);
        }

        while (offset < rest.Length && rest[offset] is not ((byte)'"' or (byte)'\\' or < 0x20))
        {
            offset++;
        }

        return start + offset;
    }

    private void SkipBlanks()
    {
        while (_position < _text.Length && _text[_position] is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t')
        {
            _position++;
        }
    }

    private bool TryTake(byte expected)
    {
        if (_position < _text.Length && _text[_position] == expected)
        {
            _position++;
            return true;
        }

        return false;
    }

    private bool TryTake(ReadOnlySpan<byte> expected)
    {
        if (!_text[_position..].StartsWith(expected))
        {
            return false;
        }

        _position += expected.Length;
        return true;
    }

    /// <summary>An object or array that is being read.</summary>
    private struct Level
    {
        internal bool IsObject;
        internal ulong Name;
        private ulong _sum;
        private ulong _count;

        /// <summary>Takes the next value: members of an object in any order, elements of an array in theirs.</summary>
        internal void Add(ulong value)
        {
            _sum = IsObject ? _sum + ContentHash.Join(Name, value) : ContentHash.Join(_sum + _count, value);
            _count++;
        }

        internal readonly ulong Close() => ContentHash.Join(_sum, (_count << 2) | (IsObject ? OfObject : OfArray));
    }
}
