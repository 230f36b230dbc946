namespace MockOperator.Fuzzing.Engine;

/// <summary>Makes an input smaller that still breaks the same promise: takes out pieces, large ones first.</summary>
internal static class Minimizer
{
    private const int MostAttempts = 4_000;

    /// <summary>Shortens an input.</summary>
    /// <param name="input">The input.</param>
    /// <param name="breaks">Whether an input breaks the same promise.</param>
    public static byte[] Shorten(byte[] input, Func<byte[], bool> breaks)
    {
        int attempts = 0;
        for (int piece = Math.Max(1, input.Length / 2); piece > 0 && attempts < MostAttempts; piece /= 2)
        {
            int start = 0;
            while (start < input.Length && attempts++ < MostAttempts)
            {
                byte[] shorter = [.. input.AsSpan(0, start), .. input.AsSpan(Math.Min(input.Length, start + piece))];
                if (breaks(shorter))
                {
                    input = shorter;
                }
                else
                {
                    start += piece;
                }
            }
        }

        return input;
    }
}
