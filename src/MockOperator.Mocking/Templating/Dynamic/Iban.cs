namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>
/// International bank account numbers (ISO 13616) of 15 to 31 characters: the right structure for the country and right check digits. Check digits
/// that a country has inside its own part are not computed.
/// </summary>
internal static class Iban
{
    private const int MaxLength = 34;

    // Country, then its account structure: n digits, a capital letters, c either, each after its count.
    private static readonly WordList s_structures = new(
        """
        AT16n|BE12n|BG4a6n8c|CH5n12c|CY8n16c|CZ20n|DE18n|DK14n|EE16n|ES20n|FI14n|FR10n11c2n|GB4a14n|GR7n16c|HR17n|HU24n|IE4a14n|IS22n|IT1a10n12c|LI5n12c|LT16n
        LU3n13c|LV4a13c|MC10n11c2n|MT4a5n18c|NL4a10n|NO11n|PL24n|PT21n|RO4a16c|SE20n|SI15n|SK20n|SM1a10n12c
        """u8);

    public static void Write(ref Utf8Sink sink, ref RandomStream random)
    {
        ReadOnlySpan<byte> structure = s_structures.Pick(ref random);
        Span<byte> number = stackalloc byte[MaxLength];
        structure[..2].CopyTo(number);
        int length = 4;
        int count = 0;
        foreach (byte letter in structure[2..])
        {
            if (letter is >= (byte)'0' and <= (byte)'9')
            {
                count = (count * 10) + letter - '0';
                continue;
            }

            ReadOnlySpan<byte> alphabet = letter switch
            {
                (byte)'n' => Characters.Digits,
                (byte)'a' => Characters.Upper,
                _ => Characters.UpperAndDigits,
            };
            Characters.Fill(number.Slice(length, count), ref random, alphabet);
            length += count;
            count = 0;
        }

        // ISO 7064, MOD 97-10: the account, the country and "00" as one number; the check digits make the remainder 1.
        number[2] = number[3] = (byte)'0';
        int check = 98 - Remainder(number[..4], Remainder(number[4..length], 0));
        number[2] = (byte)('0' + (check / 10));
        number[3] = (byte)('0' + (check % 10));
        sink.Write(number[..length]);
    }

    private static int Remainder(ReadOnlySpan<byte> characters, int remainder)
    {
        foreach (byte character in characters)
        {
            remainder = character <= '9'
                ? ((remainder * 10) + character - '0') % 97
                : ((remainder * 100) + character - 'A' + 10) % 97;
        }

        return remainder;
    }
}
