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
    private readonly Candidate[] _others;

    /// <summary>Indexes examples.</summary>
    /// <param name="candidates">The examples, by rank.</param>
    internal QueryIndex(IReadOnlyList<Candidate> candidates)
    {
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
            _byKey = _signatures
                .SelectMany(static signature => signature.Keys.ToArray().Select(key => (key, signature)))
                .GroupBy(static pair => pair.key)
                .ToDictionary(static group => group.Key, static group => group.Select(static pair => pair.signature).ToArray());
        }
    }

    /// <summary>Offers the best of these examples.</summary>
    internal void Consider(double pathScore, double bonus, ref MatchState state)
    {
        foreach (Candidate candidate in _others)
        {
            state.OfferCompared(pathScore, bonus, candidate);
        }

        if (!state.Rules.QueryParams)
        {
            ConsiderFirst(pathScore, bonus, ref state);
        }
        else if (_byKey is null)
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

    private void ConsiderFirst(double pathScore, double bonus, ref MatchState state)
    {
        foreach (QuerySignature signature in _signatures)
        {
            state.Offer(pathScore + bonus, signature.First);
        }
    }

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
    /// the first. Only once the penalty is at its limit must all be looked at.
    /// </summary>
    private void ConsiderUnrelated(double pathScore, double bonus, ref MatchState state)
    {
        foreach (QuerySignature signature in _signatures)
        {
            if (state.Rules.IsStrict && signature.Keys.Length > 0)
            {
                return;
            }

            if (SharesKey(signature, state.Query.Pairs))
            {
                continue;
            }

            int missing = signature.Keys.Length + state.Query.Count;
            double adjustment = QueryComparison.Adjust(0, missing, missing);
            state.Offer(pathScore + adjustment + bonus, signature.First);
            if (missing < QueryComparison.MaxPenalty)
            {
                return;
            }
        }
    }

    private static bool SharesKey(QuerySignature signature, ReadOnlySpan<QueryPair> sent)
    {
        ReadOnlySpan<int> keys = signature.Keys;
        foreach (QueryPair pair in sent)
        {
            if (keys.BinarySearch(pair.Key) >= 0)
            {
                return true;
            }
        }

        return false;
    }
}
