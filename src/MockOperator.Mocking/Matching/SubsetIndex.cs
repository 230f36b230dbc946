namespace MockOperator.Mocking.Matching;

/// <summary>
/// Examples of one path by what their JSON bodies say, for calls that may say more: each stands under one member that its body asks for, the one that the
/// fewest others share; those that say nothing fit every call. Only examples whose member the call has are compared with it, so the cost depends on the members of the call.
/// </summary>
internal sealed class SubsetIndex
{
    private readonly Dictionary<ulong, Candidate[]> _byMember;
    private readonly Candidate[] _others;
    private readonly QueryIndex? _open;

    /// <summary>Indexes examples.</summary>
    /// <param name="candidates">The examples, by rank.</param>
    internal SubsetIndex(IReadOnlyList<Candidate> candidates)
    {
        var shared = new Dictionary<ulong, int>();
        foreach (ulong member in candidates.SelectMany(static candidate => candidate.Body.Members))
        {
            shared[member] = shared.GetValueOrDefault(member) + 1;
        }

        _others = [.. candidates.Where(static candidate => candidate.Body is { IsSubset: true, Members.IsEmpty: true })];
        Candidate[] open = [.. candidates.Where(static candidate => !candidate.Body.IsSubset)];
        _open = open.Length == 0 ? null : new QueryIndex(open);
        _byMember = candidates
            .Where(static candidate => !candidate.Body.Members.IsEmpty)
            .GroupBy(candidate => candidate.Body.Members.MinBy(member => shared[member]))
            .ToDictionary(static group => group.Key, static group => group.ToArray());
    }

    /// <summary>Offers the best of these examples.</summary>
    internal void Consider(double pathScore, ref MatchState state)
    {
        const int PerMember = 60;
        _open?.Consider(pathScore, 0, ref state);
        state.OfferTested(pathScore, _others);
        if (state.Body.Json(ref state.Budget) is not { } json)
        {
            return;
        }

        foreach (int member in json.ChildrenOf(RequestJson.Root))
        {
            if (!json.IsObject(RequestJson.Root) || !state.Budget.TrySpend(PerMember, RequestExcess.Body))
            {
                return;
            }

            Offer(pathScore, RequestJson.MemberKey(json.NameOf(member)), ref state);
            Offer(pathScore, RequestJson.MemberKey(json.NameOf(member), json.ValueOf(member)), ref state);
        }
    }

    private void Offer(double pathScore, ulong member, ref MatchState state)
    {
        if (_byMember.TryGetValue(member, out Candidate[]? candidates))
        {
            state.OfferTested(pathScore, candidates);
        }
    }
}
