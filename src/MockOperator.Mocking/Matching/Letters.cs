using System.Numerics;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// The letters that a text is made of, as bits. An edit brings or takes at most one of them, so two texts differ by at least as many edits as one has
/// letters that the other lacks: most that are not similar are told apart without their distance.
/// </summary>
internal static class Letters
{
    private const int Plain = 36;

    /// <summary>The letters of a folded text. Those beside a–z and 0–9 share bits.</summary>
    internal static ulong Of(ReadOnlySpan<char> folded)
    {
        ulong letters = 0;
        foreach (char letter in folded)
        {
            int bit = letter is >= 'a' and <= 'z' ? letter - 'a' : letter is >= '0' and <= '9' ? letter - '0' + 26 : Plain + (letter % (64 - Plain));
            letters |= 1UL << bit;
        }

        return letters;
    }

    /// <summary>Whether so many edits could make one text from the other.</summary>
    internal static bool MayBeClose(ulong left, ulong right, int edits) =>
        BitOperations.PopCount(left & ~right) <= edits && BitOperations.PopCount(right & ~left) <= edits;
}
