namespace MockOperator.Mocking.Matching;

/// <summary>All examples of one method, indexed by path.</summary>
internal sealed class MethodIndex
{
    private readonly string _method;
    private readonly ExactPaths _exact;
    private readonly PathTrie? _wildcards;
    private readonly PathTrie? _ids;
    private readonly PathTrie? _similar;
    private readonly Dictionary<string, Candidate[]> _byId;
    private readonly Dictionary<string, Candidate[]> _byName;

    /// <summary>Indexes examples of one method, at least one.</summary>
    internal MethodIndex(IReadOnlyList<Candidate> candidates, MatchingRules rules)
    {
        _method = candidates[0].Method;
        Candidates = candidates;
        _exact = new ExactPaths(candidates, rules.IsStrict);
        _wildcards = rules.Wildcards ? PathTrie.OfWildcards(candidates, rules.IsStrict) : null;
        _ids = rules.IsStrict ? null : PathTrie.OfIds(candidates);
        _similar = rules.Fuzzy ? PathTrie.OfAll(candidates) : null;
        _byId = By(candidates.Select(static candidate => (candidate.Example.Id, candidate))
            .Concat(candidates.Where(static candidate => candidate.Example.Uid is not null && candidate.Example.Uid != candidate.Example.Id)
                .Select(static candidate => (candidate.Example.Uid!, candidate))));
        _byName = By(candidates.Select(static candidate => (candidate.Example.Name.Trim(), candidate)));
        HasBodyWildcards = candidates.Any(static candidate => candidate.Body.HasWildcards);
        HasBodies = candidates.Any(static candidate => candidate.Body.Class > ExpectedBody.EmptyClass);
    }

    /// <summary>The examples.</summary>
    internal IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>Examples whose paths have much in common with a path, as many as there is room for.</summary>
    /// <returns>How many there are.</returns>
    internal int Collect(RequestPath path, Span<Candidate> collected)
    {
        int count = 0;
        if (_similar is not null)
        {
            _similar.Collect(path, collected, ref count);
            return count;
        }

        for (; count < Math.Min(collected.Length, Candidates.Count); count++)
        {
            collected[count] = Candidates[count];
        }

        return count;
    }

    /// <summary>Whether an example is one of them.</summary>
    internal bool Holds(Candidate candidate) => candidate.Method == _method;

    /// <summary>Whether any example has a body that an equal one could earn a bonus for.</summary>
    internal bool HasBodies { get; }

    /// <summary>Whether any example has wildcards in its body.</summary>
    internal bool HasBodyWildcards { get; }

    /// <summary>Offers the examples that the path of a call fits.</summary>
    internal void Consider(ref MatchState state)
    {
        _exact.Consider(ref state);
        _wildcards?.Consider(ref state);
        _ids?.Consider(ref state);
        if (!state.PathFitted && !state.HasSelector && !state.Budget.IsSpent)
        {
            _similar?.ConsiderSimilar(ref state);
        }
    }

    /// <summary>
    /// The example with an id: the plain one, its uid, or the plain one behind any owner's number (<c>12345678-…</c>). Several with the same id: as by name.
    /// </summary>
    /// <param name="id">Value of <c>x-mock-response-id</c>.</param>
    /// <param name="status">Status that it must have; null for any.</param>
    internal Candidate? FindById(ReadOnlySpan<char> id, int? status)
    {
        id = id.Trim();
        if (First(_byId, id, status) is { } found)
        {
            return found;
        }

        int dash = id.IndexOf('-');
        return dash > 0 && !id[..dash].ContainsAnyExceptInRange('0', '9') ? First(_byId, id[(dash + 1)..], status) : null;
    }

    /// <summary>The example with a name: of several the first by id whose status is 200, or just the first.</summary>
    /// <param name="name">Value of <c>x-mock-response-name</c>.</param>
    /// <param name="status">Status that it must have; null for any.</param>
    internal Candidate? FindByName(ReadOnlySpan<char> name, int? status) => First(_byName, name.Trim(), status);

    private static Dictionary<string, Candidate[]> By(IEnumerable<(string Key, Candidate Candidate)> pairs) => pairs
        .GroupBy(static pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.Candidate).OrderBy(static candidate => candidate.PlainRank).ToArray(), StringComparer.Ordinal);

    private static Candidate? First(Dictionary<string, Candidate[]> index, ReadOnlySpan<char> key, int? status)
    {
        if (index.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(key, out Candidate[]? candidates))
        {
            foreach (Candidate candidate in candidates)
            {
                if (status is null || candidate.Status == status)
                {
                    return candidate;
                }
            }
        }

        return null;
    }
}
