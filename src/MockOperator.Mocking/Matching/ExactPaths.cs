namespace MockOperator.Mocking.Matching;

/// <summary>Paths without regard to wildcards, by one look-up: steps 1 to 4. Variants of a path in case or trailing slashes share a slot.</summary>
internal sealed class ExactPaths
{
    private const int PerVariant = 10;

    private readonly Dictionary<string, (string Exact, CandidateGroup Group)[]> _slots;
    private readonly bool _strict;

    /// <summary>Indexes paths.</summary>
    /// <param name="candidates">The examples.</param>
    /// <param name="strict">Whether only step 1 counts.</param>
    internal ExactPaths(IEnumerable<Candidate> candidates, bool strict)
    {
        _strict = strict;
        _slots = candidates
            .GroupBy(static candidate => candidate.Path.FoldedStripped, StringComparer.Ordinal)
            .ToDictionary(
                static slot => slot.Key,
                static slot => slot
                    .GroupBy(static candidate => candidate.Path.Exact, StringComparer.Ordinal)
                    .Select(static path => (path.Key, CandidateGroup.Of([.. path])))
                    .ToArray(),
                StringComparer.Ordinal);
    }

    /// <summary>Offers the examples whose path is that of the call, or differs only in case and trailing slashes.</summary>
    internal void Consider(ref MatchState state)
    {
        if (!_slots.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(state.Path.FoldedStripped, out (string Exact, CandidateGroup Group)[]? variants))
        {
            return;
        }

        if (!state.Budget.TrySpend(variants.Length * (PerVariant + (state.Path.Exact.Length / 8L)), RequestExcess.Path))
        {
            return;
        }

        foreach ((string exact, CandidateGroup group) in variants)
        {
            PathStep step = Step(exact, state.Path);
            if (!_strict || step == PathStep.Exact)
            {
                group.Consider((double)step, ref state);
            }
        }
    }

    /// <summary>The step at which two paths agree that agree once folded and stripped.</summary>
    private static PathStep Step(string exact, RequestPath path)
    {
        bool sameSlashes = exact.Length == path.Exact.Length;
        bool sameCase = exact.AsSpan(0, path.StrippedLength).SequenceEqual(path.Exact[..path.StrippedLength]);
        return (sameCase, sameSlashes) switch
        {
            (true, true) => PathStep.Exact,
            (true, false) => PathStep.SlashesIgnored,
            (false, true) => PathStep.CaseIgnored,
            (false, false) => PathStep.CaseAndSlashesIgnored,
        };
    }
}
