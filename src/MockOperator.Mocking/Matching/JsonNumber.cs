namespace MockOperator.Mocking.Matching;

/// <summary>
/// Equality of JSON numbers by value: <c>100</c>, <c>1e2</c> and <c>100.0</c> are the same. Exact, however many digits there are: a number is reduced to
/// its digits without zeros at either end, and a power of ten.
/// </summary>
internal static class JsonNumber
{
    private const int SafeDigits = 18;
    private const int MaxExponent = 1_000_000_000;

    /// <summary>A hash that equal numbers share.</summary>
    /// <param name="text">A valid JSON number.</param>
    internal static ulong Hash(ReadOnlySpan<byte> text)
    {
        int position = 0;
        _ = TryRead(text, ref position, out ulong hash);
        return hash;
    }

    /// <summary>Reads a number (RFC 8259 §6).</summary>
    /// <param name="text">Text that holds it.</param>
    /// <param name="position">Where it begins; then where it ends.</param>
    /// <param name="hash">A hash that equal numbers share.</param>
    /// <returns>False when there is no number.</returns>
    internal static bool TryRead(ReadOnlySpan<byte> text, ref int position, out ulong hash)
    {
        if (TryReadShort(text, ref position, out hash))
        {
            return true;
        }

        int next = position;
        bool isNegative = next < text.Length && text[next] == '-';
        next += isNegative ? 1 : 0;
        var digits = default(Digits);
        int start = next;
        next = digits.Read(text, next);
        if (next == start || (next - start > 1 && text[start] == '0'))
        {
            return false;
        }

        int fraction = 0;
        if (next < text.Length && text[next] == '.')
        {
            int point = ++next;
            next = digits.Read(text, next);
            fraction = next - point;
            if (fraction == 0)
            {
                return false;
            }
        }

        long exponent = 0;
        if (next < text.Length && (text[next] | 0x20) == 'e' && !TryReadExponent(text, ref next, out exponent))
        {
            return false;
        }

        position = next;
        hash = digits.Hash(isNegative, exponent - fraction);
        return true;
    }

    /// <summary>Reads what most numbers are: a whole number of a few digits, the last of which is not zero.</summary>
    private static bool TryReadShort(ReadOnlySpan<byte> text, ref int position, out ulong hash)
    {
        const int FewDigits = 9;
        int next = position;
        ulong number = 0;
        while (next < text.Length && (uint)(text[next] - '0') is var digit and <= 9)
        {
            number = (number * 10) + digit;
            next++;
        }

        int count = next - position;
        bool isShort = count is > 0 and <= FewDigits
            && text[position] != '0' && text[next - 1] != '0'
            && (next == text.Length || (text[next] != '.' && (text[next] | 0x20) != 'e'));
        hash = isShort ? ContentHash.Join(number, 0) : 0;
        position = isShort ? next : position;
        return isShort;
    }

    private static bool TryReadExponent(ReadOnlySpan<byte> text, ref int position, out long exponent)
    {
        exponent = 0;
        int next = position + 1;
        bool isNegative = next < text.Length && text[next] == '-';
        next += next < text.Length && text[next] is (byte)'-' or (byte)'+' ? 1 : 0;
        int start = next;
        while (next < text.Length && (uint)(text[next] - '0') <= 9)
        {
            exponent = Math.Min(MaxExponent, (exponent * 10) + (text[next++] - '0'));
        }

        exponent = isNegative ? -exponent : exponent;
        position = next;
        return next > start;
    }

    /// <summary>The digits of a number from the first to the last that is not zero.</summary>
    private struct Digits
    {
        private ulong _number;
        private int _count;
        private int _zeros;

        internal int Read(ReadOnlySpan<byte> text, int position)
        {
            while (position < text.Length && (uint)(text[position] - '0') is var digit and <= 9)
            {
                position++;
                if (digit == 0)
                {
                    _zeros += _count > 0 ? 1 : 0;
                    continue;
                }

                for (; _zeros > 0; _zeros--)
                {
                    Add(0);
                }

                Add(digit);
            }

            return position;
        }

        internal readonly ulong Hash(bool isNegative, long exponent) =>
            _count == 0 ? ContentHash.Join(0, 0) : ContentHash.Join(_number, ((ulong)(exponent + _zeros) << 1) | (isNegative ? 1UL : 0));

        private void Add(uint digit) => _number = _count++ < SafeDigits ? (_number * 10) + digit : ContentHash.Join(_number, digit);
    }
}
