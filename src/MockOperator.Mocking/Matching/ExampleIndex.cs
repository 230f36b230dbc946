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

        if (!_methods.ContainsKey("HEAD") && _methods.TryGetValue("GET", out MethodIndex? get))
        {
            _methods.Add("HEAD", get);
        }
    }

    /// <summary>The examples, in document order.</summary>
    internal IReadOnlyList<Candidate> Candidates { get; }

    /// <summary>How they are compared.</summary>
    internal MatchingRules Rules { get; }

    /// <summary>The examples of a method; null when there are none. HEAD has those of GET when it has none of its own.</summary>
    internal MethodIndex? ForMethod(string method) => _methods.TryGetValue(method, out MethodIndex? examples) ? examples : null;

    /// <summary>Finds the example that answers a call.</summary>
    internal Selection Find(in MockRequest request)
    {
        Selectors selectors = Selectors.Read(request.Headers);
        if (!_methods.TryGetValue(request.Method, out MethodIndex? examples))
        {
            return new Selection(null, 0, selectors.Any);
        }

        if (selectors.Id is not null)
        {
            return new Selection(examples.FindById(selectors.Id, selectors.Status), 0, PathFitted: true);
        }

        return selectors.Name is not null
            ? new Selection(examples.FindByName(selectors.Name, selectors.Status), 0, PathFitted: true)
            : FindByScore(request, examples, selectors);
    }

    /// <summary>Compares a call with examples one by one, without the index, and tells why each got what it got.</summary>
    /// <param name="request">The call.</param>
    /// <param name="judged">The examples.</param>
    internal IReadOnlyList<Verdict> Judge(in MockRequest request, IEnumerable<Candidate> judged)
    {
        MethodIndex? examples = ForMethod(request.Method);
        if (examples is null)
        {
            return [.. judged.Select(static candidate => Verdict.OtherMethod(candidate))];
        }

        ReadOnlySpan<char> path = RequestPath.RawPath(request.Target);
        ReadOnlySpan<char> query = RequestQuery.RawQuery(request.Target);
        Selectors selectors = Selectors.Read(request.Headers);
        BodyMatching mode = RequestBody.Mode(request.Headers, Rules);
        var state = new MatchState
        {
            Rules = Rules,
            Path = RequestPath.Read(path, new char[2 * path.Length], new int[RequestPath.CountSegments(path)]),
            Query = RequestQuery.Read(query, _vocabulary, new char[query.Length], new QueryPair[RequestQuery.CountParameters(query)]),
            Body = RequestBody.Read(request, mode, examples, _bodies),
            Headers = HeaderFilter.Read(request.Headers, Rules),
            Status = selectors.Status,
            HasSelector = selectors.Any,
        };

        var verdicts = new List<Verdict>();
        var method = examples.Candidates.ToHashSet();
        bool similar = Rules.Fuzzy && !selectors.Any && !PathFits(examples.Candidates, state.Path);
        foreach (Candidate candidate in judged)
        {
            verdicts.Add(method.Contains(candidate) ? Verdict.Of(candidate, similar, selectors, ref state) : Verdict.OtherMethod(candidate));
        }

        state.Body.Dispose();
        return verdicts;
    }

    /// <summary>The examples that a call comes nearest to, whether they fit or not: by method and by segments in common.</summary>
    internal IReadOnlyList<Candidate> Nearest(in MockRequest request, int count, int mostLookedAt)
    {
        ReadOnlySpan<char> raw = RequestPath.RawPath(request.Target);
        RequestPath path = RequestPath.Read(raw, new char[2 * raw.Length], new int[RequestPath.CountSegments(raw)]);
        MethodIndex? examples = ForMethod(request.Method);
        var nearest = new PriorityQueue<Candidate, (int Nearness, int Rank)>();
        foreach (Candidate candidate in (examples?.Candidates ?? []).Concat(Candidates).Take(mostLookedAt))
        {
            bool sameMethod = examples is not null && ReferenceEquals(ForMethod(candidate.Method), examples);
            nearest.Enqueue(candidate, (PathComparison.Nearness(candidate.Path, path) + (sameMethod ? PathComparison.NearnessOfMethod : 0), -candidate.Rank));
            if (nearest.Count > 2 * count)
            {
                nearest.Dequeue();
            }
        }

        return [.. nearest.UnorderedItems.OrderByDescending(static item => item.Priority).Select(static item => item.Element).Distinct().Take(count)];
    }

    private static bool PathFits(IReadOnlyList<Candidate> candidates, RequestPath path)
    {
        foreach (Candidate candidate in candidates)
        {
            if (PathComparison.Step(candidate.Path, path, strict: false) != PathStep.None)
            {
                return true;
            }
        }

        return false;
    }

    private Selection FindByScore(in MockRequest request, MethodIndex examples, Selectors selectors)
    {
        ReadOnlySpan<char> path = RequestPath.RawPath(request.Target);
        ReadOnlySpan<char> query = RequestQuery.RawQuery(request.Target);
        int segmentCount = RequestPath.CountSegments(path);
        int parameterCount = RequestQuery.CountParameters(query);
        char[]? rentedText = (2 * path.Length) + query.Length > ShortTarget ? ArrayPool<char>.Shared.Rent((2 * path.Length) + query.Length) : null;
        int[]? rentedSegments = segmentCount > FewSegments ? ArrayPool<int>.Shared.Rent(segmentCount) : null;
        QueryPair[]? rentedPairs = parameterCount > FewParameters ? ArrayPool<QueryPair>.Shared.Rent(parameterCount) : null;
        Span<char> text = rentedText is null ? stackalloc char[ShortTarget] : rentedText;
        Span<int> segments = rentedSegments is null ? stackalloc int[FewSegments] : rentedSegments;
        Span<QueryPair> pairs = rentedPairs is null ? stackalloc QueryPair[FewParameters] : rentedPairs;

        var state = new MatchState
        {
            Rules = Rules,
            Path = RequestPath.Read(path, text, segments),
            Query = RequestQuery.Read(query, _vocabulary, text[(2 * path.Length)..], pairs),
            Body = RequestBody.Read(request, RequestBody.Mode(request.Headers, Rules), examples, _bodies),
            Headers = HeaderFilter.Read(request.Headers, Rules),
            Status = selectors.Status,
            HasSelector = selectors.Any,
        };

        examples.Consider(ref state);
        state.Body.Dispose();
        Return(rentedText, rentedSegments, rentedPairs);
        return new Selection(state.Best, state.Score, state.PathFitted || selectors.Any);
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
