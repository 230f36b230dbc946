namespace MockOperator.Mocking.Matching;

/// <summary>
/// The order that breaks ties (Postman matching, pick): status 200 first – 200 itself, not its relatives – then by id, ascending in ordinal order. Strict
/// mode puts fewer wildcards before that. Examples that share an id keep the order of the document.
/// </summary>
internal static class TieOrder
{
    /// <summary>Numbers the examples in this order.</summary>
    internal static void Assign(IReadOnlyList<Candidate> candidates, bool strict)
    {
        IOrderedEnumerable<Candidate> plain = Plain(candidates.OrderBy(static _ => 0));
        int rank = 0;
        foreach (Candidate candidate in plain)
        {
            candidate.PlainRank = rank++;
        }

        rank = 0;
        foreach (Candidate candidate in strict ? Plain(candidates.OrderBy(static candidate => candidate.WildcardCount)) : plain)
        {
            candidate.Rank = rank++;
        }
    }

    private static IOrderedEnumerable<Candidate> Plain(IOrderedEnumerable<Candidate> candidates) => candidates
        .ThenBy(static candidate => candidate.Status == 200 ? 0 : 1)
        .ThenBy(static candidate => candidate.Example.Id, StringComparer.Ordinal)
        .ThenBy(static candidate => candidate.Index);
}
