namespace MockOperator.Mocking.Matching;

/// <summary>One call on its way through the index: what it asks for, and the best example so far.</summary>
internal ref struct MatchState
{
    /// <summary>Points for an equal body when bodies are not compared explicitly (Postman matching, implicit body bonus).</summary>
    internal const double BodyBonus = 5;

    /// <summary>Most points that query and body add to the score of a path.</summary>
    internal const double MaxAdjustment = 15;

    /// <summary>Begins with what is known before path, query and body are read.</summary>
    internal MatchState(MatchingRules rules, Selectors selectors, HeaderFilter headers)
    {
        Rules = rules;
        Status = selectors.Status;
        HasSelector = selectors.Any;
        Headers = headers;
    }

    /// <summary>The rules of the mock.</summary>
    internal MatchingRules Rules { get; }

    /// <summary>What the call may still cost.</summary>
    internal WorkBudget Budget;

    /// <summary>Path of the call.</summary>
    internal RequestPath Path;

    /// <summary>Query of the call.</summary>
    internal RequestQuery Query;

    /// <summary>Body of the call.</summary>
    internal RequestBody Body;

    /// <summary>Headers that must agree; default when none must.</summary>
    internal HeaderFilter Headers;

    /// <summary>Status that an example must have, from <c>x-mock-response-code</c>; null when any will do.</summary>
    internal int? Status;

    /// <summary>Whether the call has a selector header: then the last resort is not taken.</summary>
    internal bool HasSelector;

    /// <summary>Whether the path of some example fitted, whatever became of it afterwards.</summary>
    internal bool PathFitted;

    /// <summary>Whether the last resort was taken: no path fitted otherwise.</summary>
    internal bool IsSimilar;

    /// <summary>The best example so far.</summary>
    internal Candidate? Best;

    /// <summary>Score of <see cref="Best"/>.</summary>
    internal double Score;

    /// <summary>Whether an example that starts from this score could still win.</summary>
    internal readonly bool CanWin(double pathScore) => Best is null || pathScore + MaxAdjustment >= Score;

    /// <summary>Takes an example if it is better than the best so far: a higher score, or the same and an earlier place in the order of ties.</summary>
    internal void Offer(double score, Candidate candidate)
    {
        if (Best is null || score > Score || (score == Score && candidate.Rank < Best.Rank))
        {
            Best = candidate;
            Score = score;
        }
    }

    /// <summary>Compares the queries of examples and offers those that may win.</summary>
    internal void OfferCompared(double pathScore, double bonus, ReadOnlySpan<Candidate> candidates)
    {
        foreach (Candidate candidate in candidates)
        {
            if (TryScoreQuery(candidate, out double adjustment))
            {
                Offer(pathScore + adjustment + bonus, candidate);
            }

            if (Budget.IsSpent)
            {
                return;
            }
        }
    }

    /// <summary>Puts examples through every test that comes after their path, and offers those that pass.</summary>
    internal void OfferTested(double pathScore, ReadOnlySpan<Candidate> candidates)
    {
        foreach (Candidate candidate in candidates)
        {
            OfferTested(pathScore, candidate);
            if (Budget.IsSpent)
            {
                return;
            }
        }
    }

    /// <summary>The tests go from the cheapest to the dearest, and one that cannot win any more is not put through the rest.</summary>
    private void OfferTested(double pathScore, Candidate candidate)
    {
        if ((Status is int status && candidate.Status != status) || !TryScoreQuery(candidate, out double adjustment))
        {
            return;
        }

        double score = pathScore + adjustment;
        if (Best is not null && score + (Body.IsExplicit ? 0 : BodyBonus) < Score)
        {
            return;
        }

        if (!Headers.Accepts(candidate, ref Budget))
        {
            return;
        }

        if (Body.IsExplicit)
        {
            if (Body.Accepts(candidate.Body, ref Budget))
            {
                Offer(score, candidate);
            }
        }
        else
        {
            Offer(Body.Equals(candidate.Body) ? score + BodyBonus : score, candidate);
        }
    }

    private bool TryScoreQuery(Candidate candidate, out double adjustment)
    {
        adjustment = 0;
        if (!Budget.TrySpend(QueryComparison.Cost(candidate.Query), RequestExcess.Query))
        {
            return false;
        }

        if (!Rules.QueryParams)
        {
            return true;
        }

        QueryComparison comparison = QueryComparison.Of(candidate.Query, Query);
        adjustment = comparison.Adjustment;
        return !Rules.IsStrict || comparison.Matches == candidate.Query.Pairs.Length;
    }
}
