using System.Buffers;

namespace MockOperator.Resources;

/// <summary>
/// What a quantity (<c>100m</c>, <c>64Mi</c>, <c>1e3</c>) must look like. The exponent has two digits at most: <c>1e999999999</c> is a number as well, and
/// whoever writes it out in full is busy for a very long time.
/// </summary>
public static class QuantityRules
{
    /// <summary>Most characters of a quantity.</summary>
    public const int Longest = 64;

    private const int MostExponentDigits = 2;

    private static readonly SearchValues<char> s_ofNumbers = SearchValues.Create("+-.0123456789eE");

    private static readonly string[] s_suffixes = ["", "n", "u", "m", "k", "M", "G", "T", "P", "E", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>Whether a text is a quantity.</summary>
    public static bool IsQuantity(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length is 0 or > Longest)
        {
            return false;
        }

        ReadOnlySpan<char> rest = text.AsSpan(text[0] is '+' or '-' ? 1 : 0);
        int digits = LeadingDigits(rest);
        rest = rest[digits..];
        if (rest is ['.', ..])
        {
            int fraction = LeadingDigits(rest[1..]);
            digits += fraction;
            rest = rest[(fraction + 1)..];
        }

        return digits > 0 && (IsExponent(rest) || Array.IndexOf(s_suffixes, rest.ToString()) >= 0);
    }

    /// <summary>Whether a text is a number too long or too large to be read as a quantity without harm.</summary>
    public static bool IsRunaway(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        ReadOnlySpan<char> number = text.AsSpan().Trim();
        int end = number.IndexOfAnyExcept(s_ofNumbers);
        if (end >= 0 || number.IndexOfAnyInRange('0', '9') < 0)
        {
            return false;
        }

        int exponent = number.IndexOfAny('e', 'E');
        return number.Length > Longest || (exponent >= 0 && number[(exponent + 1)..].TrimStart("+-0").Length > MostExponentDigits);
    }

    private static bool IsExponent(ReadOnlySpan<char> rest)
    {
        if (rest is not ['e' or 'E', .. ReadOnlySpan<char> power])
        {
            return false;
        }

        power = power is ['+' or '-', .. ReadOnlySpan<char> unsigned] ? unsigned : power;
        return power.Length is > 0 and <= MostExponentDigits && LeadingDigits(power) == power.Length;
    }

    private static int LeadingDigits(ReadOnlySpan<char> text)
    {
        int end = text.IndexOfAnyExceptInRange('0', '9');
        return end < 0 ? text.Length : end;
    }
}
