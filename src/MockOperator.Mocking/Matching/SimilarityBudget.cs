namespace MockOperator.Mocking.Matching;

/// <summary>
/// How much the last resort may cost one request: about so many cells of the distance table. A path that would cost more is not matched by
/// similarity, so that misspelled calls cannot keep a processor busy.
/// </summary>
internal static class SimilarityBudget
{
    /// <summary>Cells per request: some half a millisecond.</summary>
    internal const int PerRequest = 200_000;

    private const int PerComparison = 8;

    /// <summary>Takes one comparison of segments from the budget.</summary>
    /// <returns>False when too little is left.</returns>
    internal static bool TrySpend(ref int budget, int length, int allowedEdits)
    {
        budget -= PerComparison + (length * ((2 * allowedEdits) + 1));
        return budget >= 0;
    }
}
