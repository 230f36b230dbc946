using System.Buffers;
using MockOperator.Resources;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// All examples of a mock, indexed so that finding the one that answers a call does not depend on their number (Postman matching, the whole of it).
/// Immutable once built.
/// </summary>
internal sealed class ExampleIndex
{
    private const int ShortTarget = 256;
    private const int FewSegments = 32;
    private const int FewParameters = 16;

    private readonly Dictionary<string, MethodIndex> _methods = new(StringComparer.OrdinalIgnoreCase);
    private readonly MethodIndex? _get;
    private readonly Vocabulary _vocabulary;
    private readonly BodyVocabulary _bodies;

    /// <summary>Builds the index.</summary>
    internal ExampleIndex(IReadOnlyList<Candidate> candidates, MatchingRules rules, Vocabulary vocabulary, BodyVocabulary bodies)
    {
        Candidates = candidates;
        Rules = rules;
        _vocabulary = vocabulary;
        _bodies = bodies;
        TieOrder.Assign(candidates, rules.IsStrict);
        foreach (IGrouping<string, Candidate> method in candidates.GroupBy(static candidate => candidate.Method, StringComparer.Ordinal))
        {
            _methods.Add(method.Key, new MethodIndex([.. method], rules));
        }

        _get = _methods.GetValueOrDefault("GET");
        if (_get is not null)
        {
            _methods.TryAdd("HEAD", _get);
        }
    }

    /// <summary>The examples, in document order.</summary>
    internal IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>How they are compared.</summary>
    internal MatchingRules Rules { get; }

    /// <summary>The examples of a method; null when there are none. HEAD has those of GET when it has none of its own.</summary>
    /// <remarks>Most calls are GET, and most servers give that name without a copy, so that it is found by looking at a reference.</remarks>
    internal MethodIndex? ForMethod(string method) => method == "GET" ? _get : _methods.GetValueOrDefault(method);

    /// <summary>Finds the example that answers a call.</summary>
    /// <param name="request">The call.</param>
    /// <param name="budget">What it may cost. When that is not enough, what is found means nothing.</param>
    internal Selection Find(in MockRequest request, ref WorkBudget budget)
    {
        Selectors selectors = Selectors.Read(request.Headers);
        if (ForMethod(request.Method) is not { } examples)
        {
            return new Selection(null, 0, IsSimilar: false, selectors.Any);
        }

        if (selectors.Id is not null)
        {
            return new Selection(examples.FindById(selectors.Id, selectors.Status), 0, IsSimilar: false, PathFitted: true);
        }

        return selectors.Name is not null
            ? new Selection(examples.FindByName(selectors.Name, selectors.Status), 0, IsSimilar: false, PathFitted: true)
            : FindByScore(request, examples, selectors, ref budget);
    }

    /// <summary>Compares a call with examples one by one, without the index, and tells why each got what it got.</summary>
    /// <param name="request">The call.</param>
    /// <param name="judged">The examples.</param>
    /// <param name="similar">Whether the last resort is taken, as <see cref="Find"/> told.</param>
    /// <param name="budget">What it may cost. When that is not enough, the verdicts mean nothing.</param>
    internal IReadOnlyList<Verdict> Judge(in MockRequest request, IReadOnlyList<Candidate> judged, bool similar, ref WorkBudget budget)
    {
        MethodIndex? examples = ForMethod(request.Method);
        if (examples is null)
        {
            return [.. judged.Select(static candidate => Verdict.OtherMethod(candidate))];
        }

        ReadOnlySpan<char> path = RequestPath.RawPath(request.Target);
        ReadOnlySpan<char> query = QueryOf(request);
        Selectors selectors = Selectors.Read(request.Headers);
        BodyMatching mode = RequestBody.Mode(request.Headers, Rules);
        scoped var state = new MatchState(Rules, selectors, HeaderFilter.Read(request.Headers, Rules));
        state.Path = RequestPath.Read(path, new char[2 * path.Length], new int[RequestPath.CountSegments(path)]);
        state.Query = RequestQuery.Read(query, _vocabulary, new char[query.Length], new QueryPair[RequestQuery.CountParameters(query)], ref budget);
        state.Body = RequestBody.Read(request, mode, examples, _bodies, ref budget);
        state.Budget = budget;

        var verdicts = new List<Verdict>(judged.Count);
        foreach (Candidate candidate in judged)
        {
            verdicts.Add(examples.Holds(candidate) ? Verdict.Of(candidate, similar, selectors, ref state) : Verdict.OtherMethod(candidate));
            if (state.Budget.IsSpent)
            {
                break;
            }
        }

        state.Body.Dispose();
        budget = state.Budget;
        return verdicts;
    }

    /// <summary>The examples that a call comes nearest to, whether they fit or not: by method and by segments in common.</summary>
    /// <param name="request">The call.</param>
    /// <param name="nearest">Takes them, the nearest first.</param>
    /// <param name="budget">What it may cost; when that is not enough, some are not looked at.</param>
    /// <returns>How many there are.</returns>
    internal int Nearest(in MockRequest request, Span<Candidate> nearest, ref WorkBudget budget)
    {
        const int MostMethods = 8;
        const int MostOfMethod = 48;
        ReadOnlySpan<char> raw = RequestPath.RawPath(request.Target);
        RequestPath path = RequestPath.Read(raw, new char[2 * raw.Length], new int[RequestPath.CountSegments(raw)]);
        Span<ulong> letters = stackalloc ulong[Math.Min(path.Count, CandidateReader.MaxSegments)];
        for (int index = 0; index < letters.Length; index++)
        {
            letters[index] = Letters.Of(path.FoldedSegment(index));
        }

        MethodIndex? own = ForMethod(request.Method);
        Candidate[] collected = new Candidate[MostOfMethod];
        Span<int> nearness = stackalloc int[nearest.Length];
        int count = 0;
        foreach (MethodIndex method in _methods.Values.OrderByDescending(method => method == own).Distinct().Take(MostMethods))
        {
            foreach (Candidate candidate in collected.AsSpan(0, method.Collect(path, collected)))
            {
                int near = PathComparison.Nearness(candidate.Path, path, letters, ref budget) + (method == own ? PathComparison.NearnessOfMethod : 0);
                if (budget.IsSpent)
                {
                    return count;
                }

                if (!IsAmong(nearest[..count], candidate))
                {
                    Insert(candidate, near, nearest, nearness, ref count);
                }
            }
        }

        return count;
    }

    private static bool IsAmong(ReadOnlySpan<Candidate> candidates, Candidate candidate)
    {
        foreach (Candidate other in candidates)
        {
            if (ReferenceEquals(other, candidate))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Puts an example among the nearest, if it is one of them: nearer ones before it, and of equally near ones those of a better rank.</summary>
    private static void Insert(Candidate candidate, int near, Span<Candidate> nearest, Span<int> nearness, ref int count)
    {
        int place = count;
        while (place > 0 && (nearness[place - 1] < near || (nearness[place - 1] == near && nearest[place - 1].Rank > candidate.Rank)))
        {
            place--;
        }

        if (place == nearest.Length)
        {
            return;
        }

        count = Math.Min(count + 1, nearest.Length);
        nearest[place..(count - 1)].CopyTo(nearest[(place + 1)..count]);
        nearness[place..(count - 1)].CopyTo(nearness[(place + 1)..count]);
        nearest[place] = candidate;
        nearness[place] = near;
    }

    /// <summary>The raw query of a call; nothing when it does not count.</summary>
    private ReadOnlySpan<char> QueryOf(in MockRequest request) => Rules.QueryParams ? RequestQuery.RawQuery(request.Target) : default;

    private Selection FindByScore(in MockRequest request, MethodIndex examples, Selectors selectors, ref WorkBudget budget)
    {
        const int PerCharacter = 3;
        ReadOnlySpan<char> path = RequestPath.RawPath(request.Target);
        ReadOnlySpan<char> query = QueryOf(request);
        if (!budget.TrySpend(PerCharacter * (long)path.Length, RequestExcess.Path))
        {
            return default;
        }

        // A path that is no longer than there is room for segments needs no counting.
        int segmentCount = path.Length < FewSegments ? FewSegments : RequestPath.CountSegments(path);
        int parameterCount = RequestQuery.CountParameters(query);
        char[]? rentedText = (2 * path.Length) + query.Length > ShortTarget ? ArrayPool<char>.Shared.Rent((2 * path.Length) + query.Length) : null;
        int[]? rentedSegments = segmentCount > FewSegments ? ArrayPool<int>.Shared.Rent(segmentCount) : null;
        QueryPair[]? rentedPairs = parameterCount > FewParameters ? ArrayPool<QueryPair>.Shared.Rent(parameterCount) : null;
        Span<char> text = rentedText is null ? stackalloc char[ShortTarget] : rentedText;
        Span<int> segments = rentedSegments is null ? stackalloc int[FewSegments] : rentedSegments;
        Span<QueryPair> pairs = rentedPairs is null ? stackalloc QueryPair[FewParameters] : rentedPairs;

        // Filled in place: an initializer would make it elsewhere first, and it is large.
        scoped var state = new MatchState(Rules, selectors, HeaderFilter.Read(request.Headers, Rules));
        state.Path = RequestPath.Read(path, text, segments);
        state.Query = RequestQuery.Read(query, _vocabulary, text[(2 * path.Length)..], pairs[..parameterCount], ref budget);
        state.Body = RequestBody.Read(request, RequestBody.Mode(request.Headers, Rules), examples, _bodies, ref budget);
        state.Budget = budget;
        try
        {
            if (!state.Budget.IsSpent)
            {
                examples.Consider(ref state);
            }
        }
        finally
        {
            state.Body.Dispose();
            Return(rentedText, rentedSegments, rentedPairs);
        }

        budget = state.Budget;
        return new Selection(state.Best, state.Score, state.IsSimilar, state.PathFitted || selectors.Any);
    }

    private static void Return(char[]? text, int[]? segments, QueryPair[]? pairs)
    {
        if (text is not null)
        {
            ArrayPool<char>.Shared.Return(text);
        }

        if (segments is not null)
        {
            ArrayPool<int>.Shared.Return(segments);
        }

        if (pairs is not null)
        {
            ArrayPool<QueryPair>.Shared.Return(pairs);
        }
    }
}
