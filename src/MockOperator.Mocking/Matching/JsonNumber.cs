using System.Buffers.Text;

namespace MockOperator.Mocking.Matching;

/// <summary>Equality of JSON numbers by value: <c>1</c>, <c>1.0</c> and <c>1e0</c> are the same. Beyond 18 digits as doubles, as JavaScript has it.</summary>
internal static class JsonNumber
{
    private const int SafeDigits = 18;
    private const double SafeInteger = 1e15;
    private const ulong OfDouble = 0xD0;
    private const ulong OfInteger = 0x10;

    /// <summary>A hash that equal numbers share, of a whole number.</summary>
    internal static ulong Hash(long integer) => ContentHash.Join((ulong)integer, OfInteger);

    /// <summary>A hash that equal numbers share.</summary>
    /// <param name="text">A valid JSON number.</param>
    internal static ulong Hash(ReadOnlySpan<byte> text)
    {
        if (text.Length <= SafeDigits && Utf8Parser.TryParse(text, out long integer, out int consumed) && consumed == text.Length)
        {
            return Hash(integer);
        }

        if (!Utf8Parser.TryParse(text, out double number, out _))
        {
            return ContentHash.Of(text);
        }

        return Math.Abs(number) < SafeInteger && Math.Truncate(number) == number
            ? Hash((long)number)
            : ContentHash.Join((ulong)BitConverter.DoubleToInt64Bits(number), OfDouble);
    }
}
