namespace MockOperator.Mocking.Matching;

/// <summary>
/// Examples of one path, by their queries. What a request costs depends on the number of distinct key sets that share a key with it, not on the
/// number of examples.
/// </summary>
internal sealed class QueryIndex
{
    private const int FewSignatures = 16;

    private readonly QuerySignature[] _signatures;
    private readonly Dictionary<int, QuerySignature[]>? _byKey;
    private readonly QuerySignature[] _byRank = [];
    private readonly Candidate[] _others;
    private readonly Candidate _first;

    /// <summary>Indexes examples.</summary>
    /// <param name="candidates">The examples, by rank.</param>
    internal QueryIndex(IReadOnlyList<Candidate> candidates)
    {
        _first = candidates[0];
        _others = [.. candidates.Where(static candidate => !QuerySignature.CanHold(candidate.Query))];
        _signatures =
        [
            .. candidates
                .Where(static candidate => QuerySignature.CanHold(candidate.Query))
                .GroupBy(KeysOf, StringComparer.Ordinal)
                .Select(static group => new QuerySignature([.. group]))
                .OrderBy(static signature => signature.Keys.Length)
                .ThenBy(static signature => signature.First.Rank),
        ];

        if (_signatures.Length > FewSignatures)
        {
            _byRank = [.. _signatures.OrderBy(static signature => signature.First.Rank)];
            _byKey = _signatures
                .SelectMany(static signature => signature.Keys.ToArray().Select(key => (key, signature)))
                .GroupBy(static pair => pair.key)
                .ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.signature).ToArray());
        }
    }

    /// <summary>Offers the best of these examples.</summary>
    internal void Consider(double pathScore, double bonus, ref MatchState state)
    {
        if (!state.Rules.QueryParams)
        {
            state.Offer(pathScore + bonus, _first);
            return;
        }

        state.OfferCompared(pathScore, bonus, _others);
        if (_byKey is null)
        {
            foreach (QuerySignature signature in _signatures)
            {
                signature.Consider(pathScore, bonus, ref state);
            }
        }
        else
        {
            ConsiderSharing(pathScore, bonus, ref state);
            ConsiderUnrelated(pathScore, bonus, ref state);
        }
    }

    private static string KeysOf(Candidate candidate) =>
        string.Join(',', candidate.Query.Pairs.Select(static pair => pair.Value == QueryPair.Any ? $"{pair.Key}*" : $"{pair.Key}"));

    /// <summary>Key sets that share a key with the request. One may come up twice; the second time changes nothing.</summary>
    private void ConsiderSharing(double pathScore, double bonus, ref MatchState state)
    {
        int previous = Vocabulary.Unknown;
        foreach (QueryPair pair in state.Query.Pairs)
        {
            if (pair.Key != previous && _byKey!.TryGetValue(pair.Key, out QuerySignature[]? sharing))
            {
                foreach (QuerySignature signature in sharing)
                {
                    signature.Consider(pathScore, bonus, ref state);
                }
            }

            previous = pair.Key;
        }
    }

    /// <summary>
    /// Key sets that share nothing with the request lose a point per key on either side, at most ten: the smallest is best, and of equally large ones
    /// the first. Once the penalty is at its limit, size does not count any more, and the first of all is best.
    /// </summary>
    private void ConsiderUnrelated(double pathScore, double bonus, ref MatchState state)
    {
        if (state.Rules.IsStrict)
        {
            if (_signatures[0] is { Keys.IsEmpty: true } empty)
            {
                state.Offer(pathScore + QueryComparison.Adjust(0, state.Query.Count, state.Query.Count) + bonus, empty.First);
            }

            return;
        }

        foreach (QuerySignature signature in _signatures)
        {
            int missing = signature.Keys.Length + state.Query.Count;
            if (missing >= QueryComparison.MaxPenalty)
            {
                break;
            }

            if (!SharesKey(signature, ref state))
            {
                state.Offer(pathScore + QueryComparison.Adjust(0, missing, missing) + bonus, signature.First);
                return;
            }
        }

        foreach (QuerySignature signature in _byRank)
        {
            if (!SharesKey(signature, ref state))
            {
                int missing = signature.Keys.Length + state.Query.Count;
                state.Offer(pathScore + QueryComparison.Adjust(0, missing, missing) + bonus, signature.First);
                return;
            }
        }
    }

    /// <summary>Whether a key stands on both sides; true as well when it would take too much work to know.</summary>
    private static bool SharesKey(QuerySignature signature, ref MatchState state)
    {
        const int PerSignature = 10;
        const int PerKey = 10;
        if (!state.Budget.TrySpend(PerSignature + (PerKey * (long)signature.Keys.Length), RequestExcess.Query))
        {
            return true;
        }

        ReadOnlySpan<QueryPair> sent = state.Query.Pairs;
        int next = 0;
        foreach (int key in signature.Keys)
        {
            next = QueryPair.Seek(sent, QueryPair.Of(key, Vocabulary.Unknown), next);
            if (next == sent.Length)
            {
                return false;
            }

            if (sent[next].Key == key)
            {
                return true;
            }
        }

        return false;
    }
}
