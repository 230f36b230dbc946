using System.Collections.Frozen;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// Examples that the same paths fit. A few are simply compared one after the other; many are indexed by query, by status and by body, so that the cost
/// of a request does not grow with their number. Only a call that compares headers is compared with each.
/// </summary>
internal sealed class CandidateGroup
{
    private const int FewCandidates = 8;

    private readonly Candidate[] _candidates;
    private readonly QueryIndex? _all;
    private readonly FrozenDictionary<int, QueryIndex>? _byBody;
    private readonly FrozenDictionary<int, CandidateGroup>? _byStatus;
    private readonly Candidate[] _patterned = [];
    private readonly SubsetIndex? _subsets;

    /// <summary>The group of one example.</summary>
    internal CandidateGroup(Candidate candidate)
    {
        _candidates = [candidate];
    }

    private CandidateGroup(IReadOnlyCollection<Candidate> candidates, bool ofOneStatus)
    {
        _candidates = [.. candidates.OrderBy(static candidate => candidate.Rank)];
        if (_candidates.Length <= FewCandidates)
        {
            return;
        }

        _all = new QueryIndex(_candidates);
        _patterned = [.. _candidates.Where(static candidate => candidate.Body.HasWildcards)];
        _subsets = _candidates.Any(static candidate => candidate.Body.IsSubset) ? new SubsetIndex(_candidates) : null;
        _byBody = _candidates
            .Where(static candidate => candidate.Body.Class != ExpectedBody.NoClass)
            .GroupBy(static candidate => candidate.Body.Class)
            .ToFrozenDictionary(static group => group.Key, static group => new QueryIndex([.. group]));
        if (!ofOneStatus)
        {
            _byStatus = _candidates
                .GroupBy(static candidate => candidate.Status)
                .ToFrozenDictionary(static group => group.Key, static group => new CandidateGroup([.. group], ofOneStatus: true));
        }
    }

    /// <summary>The example that breaks ties first.</summary>
    internal Candidate Best => _candidates[0];

    /// <summary>As many examples as are asked for, if there are so many, those that break ties first.</summary>
    internal ReadOnlySpan<Candidate> First(int count) => _candidates.AsSpan(0, Math.Min(count, _candidates.Length));

    /// <summary>Groups examples, at least one. What has one example in every index is the same group in all of them.</summary>
    internal static CandidateGroup Of(IReadOnlyCollection<Candidate> candidates) =>
        candidates.Count == 1 ? candidates.First().Alone : new CandidateGroup(candidates, ofOneStatus: false);

    /// <summary>Offers the best of these examples.</summary>
    /// <param name="pathScore">Score of the path.</param>
    /// <param name="state">The call.</param>
    internal void Consider(double pathScore, ref MatchState state)
    {
        state.PathFitted = true;
        if (!state.CanWin(pathScore))
        {
            return;
        }

        if (_all is null || state.Headers.IsOn)
        {
            state.OfferTested(pathScore, _candidates);
        }
        else if (state.Status is int status && _byStatus is not null)
        {
            if (_byStatus.TryGetValue(status, out CandidateGroup? group))
            {
                group.Consider(pathScore, ref state);
            }
        }
        else if (state.Body.IsSubset)
        {
            ConsiderSubsets(pathScore, ref state);
        }
        else
        {
            ConsiderIndexed(pathScore, ref state);
        }
    }

    private void ConsiderSubsets(double pathScore, ref MatchState state)
    {
        if (_subsets is not null)
        {
            _subsets.Consider(pathScore, ref state);
        }
        else
        {
            // None says anything, so each fits every body.
            _all!.Consider(pathScore, 0, ref state);
        }
    }

    private void ConsiderIndexed(double pathScore, ref MatchState state)
    {
        if (!state.Body.IsExplicit)
        {
            _all!.Consider(pathScore, 0, ref state);
        }

        if (state.Body.IsExplicit)
        {
            state.OfferTested(pathScore, _patterned);
        }

        BodyClasses classes = state.Body.Classes;
        for (int index = 0; index < classes.Count; index++)
        {
            if (_byBody!.TryGetValue(classes[index], out QueryIndex? equal))
            {
                equal.Consider(pathScore, state.Body.IsExplicit ? 0 : MatchState.BodyBonus, ref state);
            }
        }
    }
}
