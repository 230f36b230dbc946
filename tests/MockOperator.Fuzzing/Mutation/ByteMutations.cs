namespace MockOperator.Fuzzing.Mutation;

/// <summary>Changes that know nothing of what the bytes mean.</summary>
/// <param name="random">Chance.</param>
/// <param name="words">Texts to take in.</param>
internal sealed class ByteMutations(Random random, byte[][] words)
{
    private const int LongRun = 2048;

    /// <summary>Changes an input.</summary>
    /// <param name="input">The input; it is not changed itself.</param>
    /// <param name="other">Another input, to take pieces from.</param>
    public byte[] Change(byte[] input, byte[] other)
    {
        int at = random.Next(input.Length + 1);
        int length = random.Next(Math.Min(random.Next(2) == 0 ? 8 : 256, input.Length - at) + 1);
        return random.Next(8) switch
        {
            0 => Flip(input),
            1 => Replace(input, at, 0, Word()),
            2 => Replace(input, at, length, Word()),
            3 => Replace(input, at, length, []),
            4 => Replace(input, at, 0, Piece(other)),
            5 => Replace(input, at, 0, input.AsSpan(at, length)),
            6 => Replace(input, at, 0, Run()),
            _ => [.. input.AsSpan(0, at), .. other.AsSpan(random.Next(other.Length + 1))],
        };
    }

    /// <summary>Puts bytes in the place of others.</summary>
    public static byte[] Replace(byte[] input, int at, int length, ReadOnlySpan<byte> with) => [.. input.AsSpan(0, at), .. with, .. input.AsSpan(at + length)];

    private byte[] Flip(byte[] input)
    {
        byte[] changed = [.. input];
        if (changed.Length > 0)
        {
            int at = random.Next(changed.Length);
            changed[at] = random.Next(3) == 0 ? (byte)random.Next(256) : (byte)(changed[at] ^ (1 << random.Next(8)));
        }

        return changed;
    }

    private ReadOnlySpan<byte> Piece(byte[] other)
    {
        int start = random.Next(other.Length + 1);
        return other.AsSpan(start, random.Next(Math.Min(512, other.Length - start) + 1));
    }

    private byte[] Word() => words[random.Next(words.Length)];

    private byte[] Run()
    {
        byte[] word = random.Next(2) == 0 ? [(byte)random.Next(256)] : Word();
        int times = random.Next(random.Next(10) == 0 ? LongRun : 16);
        byte[] run = new byte[Math.Min(word.Length * times, 2 * LongRun)];
        for (int at = 0; at < run.Length; at++)
        {
            run[at] = word[at % word.Length];
        }

        return run;
    }
}
