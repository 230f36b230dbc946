namespace MockOperator.Mocking.Matching;

/// <summary>
/// Saved paths by their segments, with an edge for wildcards and one for ids: walking a request's path down visits only what can fit it.
/// </summary>
internal sealed class PathTrie
{
    private const int AnyTrailing = -1;

    private readonly PathNode _root = new();
    private readonly bool _exactCase;
    private readonly bool _countTrailing;
    private readonly bool _replaceIds;
    private bool _isEmpty = true;

    private PathTrie(bool exactCase, bool countTrailing, bool replaceIds)
    {
        _exactCase = exactCase;
        _countTrailing = countTrailing;
        _replaceIds = replaceIds;
    }

    /// <summary>Paths with wildcards, for step 5: literal segments ignore case and trailing slashes; in strict mode neither.</summary>
    internal static PathTrie OfWildcards(IEnumerable<Candidate> candidates, bool strict) =>
        Fill(new PathTrie(exactCase: strict, countTrailing: strict, replaceIds: false), candidates.Where(static candidate => candidate.Path.WildcardCount > 0));

    /// <summary>Paths with ids, for steps 6 and 7: every id is replaced by the same edge.</summary>
    internal static PathTrie OfIds(IEnumerable<Candidate> candidates) =>
        Fill(new PathTrie(exactCase: false, countTrailing: true, replaceIds: true), candidates.Where(static candidate => candidate.Path.HasIds));

    /// <summary>All paths, for step 8.</summary>
    internal static PathTrie OfAll(IEnumerable<Candidate> candidates) =>
        Fill(new PathTrie(exactCase: false, countTrailing: false, replaceIds: false), candidates);

    /// <summary>The best step that wildcards or ids come to.</summary>
    private PathStep BestStep => _replaceIds ? PathStep.IdsRemoved : PathStep.Wildcards;

    /// <summary>Offers the examples whose wildcards and ids cover the path (steps 5 to 7, whichever the trie is for), unless a better step has found one that none of them can beat.</summary>
    internal void Consider(ref MatchState state)
    {
        if (!_isEmpty && state.CanWin((double)BestStep))
        {
            Walk(_root, 0, ref state);
        }
    }

    /// <summary>Offers the examples whose segments are all close to those of the path (step 8), unless that takes more work than the call may cause: then none of them is offered for certain, and the call is refused.</summary>
    internal void ConsiderSimilar(ref MatchState state)
    {
        state.IsSimilar = true;
        WalkSimilar(_root, 0, ref state);
    }

    /// <summary>Collects examples whose paths have much in common with a path: those that go on along it first, then those beside them, until there is no more room.</summary>
    internal void Collect(RequestPath path, Span<Candidate> collected, ref int count) => Collect(_root, 0, path, collected, ref count);

    private static void Collect(PathNode node, int depth, RequestPath path, Span<Candidate> collected, ref int count)
    {
        const int OfGroup = 3;
        const int MostCompared = 1000;
        PathNode? along = null;
        if (depth < path.Count)
        {
            ReadOnlySpan<char> segment = path.FoldedSegment(depth);
            along = node.Literal(segment);
            if (along is not null)
            {
                Collect(along, depth + 1, path, collected, ref count);
            }

            int allowed = EditSimilarity.AllowedEdits(segment.Length);
            ReadOnlySpan<(string Text, PathNode Node)> near = node.LiteralsOfLength(segment.Length - allowed, segment.Length + allowed, out ReadOnlySpan<ulong> letters);
            ulong sent = letters.IsEmpty ? 0 : Letters.Of(segment);
            for (int index = 0; index < Math.Min(letters.Length, MostCompared) && count < collected.Length; index++)
            {
                if (Letters.MayBeClose(sent, letters[index], allowed) && near[index].Node != along)
                {
                    Collect(near[index].Node, depth + 1, path, collected, ref count);
                }
            }
        }

        if (node.Wildcard is { } wildcard && count < collected.Length)
        {
            Collect(wildcard, depth == int.MaxValue ? depth : depth + 1, path, collected, ref count);
        }

        foreach ((_, CandidateGroup group) in node.Groups)
        {
            foreach (Candidate candidate in group.First(Math.Min(OfGroup, collected.Length - count)))
            {
                collected[count++] = candidate;
            }
        }

        foreach ((_, PathNode next) in node.LiteralsOfLength(0, int.MaxValue - 1, out _))
        {
            if (count == collected.Length)
            {
                return;
            }

            if (next != along)
            {
                Collect(next, int.MaxValue, path, collected, ref count);
            }
        }

        foreach ((_, PathNode next) in node.Suffixes)
        {
            if (count == collected.Length)
            {
                return;
            }

            Collect(next, depth == int.MaxValue ? depth : depth + 1, path, collected, ref count);
        }
    }

    private static PathTrie Fill(PathTrie trie, IEnumerable<Candidate> candidates)
    {
        foreach (Candidate candidate in candidates)
        {
            trie.Add(candidate);
        }

        trie._root.Complete();
        return trie;
    }

    private void Add(Candidate candidate)
    {
        PathNode node = _root;
        foreach (PathSegment segment in candidate.Path.Segments)
        {
            node = segment.IsWildcard ? node.AddWildcard(_exactCase ? segment.Suffix : segment.FoldedSuffix)
                : segment.IsId && _replaceIds ? node.AddId()
                : node.AddLiteral(_exactCase ? segment.Exact : segment.Folded);
        }

        node.AddEnd(_countTrailing ? candidate.Path.Trailing : AnyTrailing, candidate);
        _isEmpty = false;
    }

    private void Walk(PathNode node, int depth, ref MatchState state)
    {
        if (!state.Budget.TrySpend(CostOfNode(node, depth, state.Path), RequestExcess.Path))
        {
            return;
        }

        if (depth == state.Path.Count)
        {
            foreach ((int trailing, CandidateGroup group) in node.Groups)
            {
                Arrive(trailing, group, ref state);
            }

            return;
        }

        ReadOnlySpan<char> segment = _exactCase ? state.Path.ExactSegment(depth) : state.Path.FoldedSegment(depth);
        if (node.Literal(segment) is { } literal)
        {
            Walk(literal, depth + 1, ref state);
        }

        if (node.Id is { } id && IdSegment.Is(segment))
        {
            Walk(id, depth + 1, ref state);
        }

        if (!segment.IsEmpty && node.Wildcard is { } wildcard)
        {
            Walk(wildcard, depth + 1, ref state);
        }

        foreach ((string suffix, PathNode next) in node.Suffixes)
        {
            if (segment.Length > suffix.Length && segment.EndsWith(suffix, StringComparison.Ordinal))
            {
                Walk(next, depth + 1, ref state);
            }
        }
    }

    private void Arrive(int trailing, CandidateGroup group, ref MatchState state)
    {
        bool sameSlashes = trailing == state.Path.Trailing;
        if (_replaceIds)
        {
            group.Consider((double)(sameSlashes ? PathStep.IdsRemoved : PathStep.IdsAndSlashesRemoved), ref state);
        }
        else if (trailing == AnyTrailing || sameSlashes)
        {
            group.Consider((double)PathStep.Wildcards, ref state);
        }
    }

    private static void WalkSimilar(PathNode node, int depth, ref MatchState state)
    {
        if (!state.Budget.TrySpend(CostOfNode(node, depth, state.Path), RequestExcess.Path))
        {
            return;
        }

        if (depth == state.Path.Count)
        {
            foreach ((_, CandidateGroup group) in node.Groups)
            {
                group.Consider((double)PathStep.Similar, ref state);
            }

            return;
        }

        ReadOnlySpan<char> segment = state.Path.FoldedSegment(depth);
        int allowed = EditSimilarity.AllowedEdits(segment.Length);
        if (allowed == 0)
        {
            if (node.Literal(segment) is { } same)
            {
                WalkSimilar(same, depth + 1, ref state);
            }
        }
        else
        {
            WalkClose(node, segment, allowed, depth, ref state);
        }

        if (!segment.IsEmpty && node.Wildcard is { } wildcard)
        {
            WalkSimilar(wildcard, depth + 1, ref state);
        }

        foreach ((string suffix, PathNode next) in node.Suffixes)
        {
            if (segment.Length > suffix.Length && segment.EndsWith(suffix, StringComparison.Ordinal))
            {
                WalkSimilar(next, depth + 1, ref state);
            }
        }
    }

    private static void WalkClose(PathNode node, ReadOnlySpan<char> segment, int allowed, int depth, ref MatchState state)
    {
        const int PerLiteral = 2;
        ReadOnlySpan<(string Text, PathNode Node)> literals = node.LiteralsOfLength(segment.Length - allowed, segment.Length + allowed, out ReadOnlySpan<ulong> letters);
        if (!state.Budget.TrySpend(segment.Length + (PerLiteral * (long)literals.Length), RequestExcess.Path))
        {
            return;
        }

        ulong sent = letters.IsEmpty ? 0 : Letters.Of(segment);
        for (int index = 0; index < literals.Length; index++)
        {
            if (!letters.IsEmpty && !Letters.MayBeClose(sent, letters[index], allowed))
            {
                continue;
            }

            if (!state.Budget.TrySpend(EditSimilarity.Cost(segment.Length), RequestExcess.Path))
            {
                return;
            }

            if (EditSimilarity.IsClose(segment, literals[index].Text))
            {
                WalkSimilar(literals[index].Node, depth + 1, ref state);
            }
        }
    }

    /// <summary>Units for looking a segment up, among the ends when there is none left, and for comparing it with every suffix.</summary>
    private static long CostOfNode(PathNode node, int depth, RequestPath path)
    {
        const int PerNode = 20;
        const int PerChoice = 5;
        return depth == path.Count ? PerNode + (PerChoice * (long)node.Groups.Length) : PerNode + path.LengthOf(depth) + (PerChoice * (long)node.Suffixes.Length);
    }
}
