namespace MockOperator.Mocking.Templating.Dynamic;

/// <summary>Runs of random characters.</summary>
internal static class Characters
{
    public static ReadOnlySpan<byte> Digits => "0123456789"u8;

    public static ReadOnlySpan<byte> NonZeroDigits => "123456789"u8;

    public static ReadOnlySpan<byte> Hex => "0123456789abcdef"u8;

    public static ReadOnlySpan<byte> Lower => "abcdefghijklmnopqrstuvwxyz"u8;

    public static ReadOnlySpan<byte> Upper => "ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8;

    public static ReadOnlySpan<byte> LowerAndDigits => "0123456789abcdefghijklmnopqrstuvwxyz"u8;

    public static ReadOnlySpan<byte> UpperAndDigits => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"u8;

    public static ReadOnlySpan<byte> All => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8;

    /// <summary>Fills a span with characters of an alphabet.</summary>
    public static void Fill(scoped Span<byte> characters, ref RandomStream random, ReadOnlySpan<byte> alphabet)
    {
        foreach (ref byte character in characters)
        {
            character = alphabet[random.Below(alphabet.Length)];
        }
    }

    /// <summary>Writes up to 64 characters of an alphabet.</summary>
    public static void Write(ref Utf8Sink sink, ref RandomStream random, ReadOnlySpan<byte> alphabet, int count)
    {
        Span<byte> characters = stackalloc byte[64];
        Fill(characters[..count], ref random, alphabet);
        sink.Write(characters[..count]);
    }
}
