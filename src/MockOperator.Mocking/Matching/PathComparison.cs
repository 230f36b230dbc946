namespace MockOperator.Mocking.Matching;

/// <summary>Compares one saved path with that of a call: what the index does for all at once, for explanations and captures.</summary>
internal static class PathComparison
{
    /// <summary>What an equal method adds to <see cref="Nearness"/>: less than an equal segment.</summary>
    internal const int NearnessOfMethod = 5;

    private const int NearnessOfSegment = 20;
    private const int NearnessOfSimilarSegment = 12;
    private const int NearnessOfWildcard = 8;
    private const int CostOfLength = 6;

    /// <summary>The first step that fits, of steps 1 to 7; in strict mode of 1 and 5.</summary>
    internal static PathStep Step(ExamplePath saved, RequestPath sent, bool strict)
    {
        bool sameSlashes = saved.Trailing == sent.Trailing;
        if (sent.FoldedStripped.SequenceEqual(saved.FoldedStripped))
        {
            bool sameCase = sent.Exact[..sent.StrippedLength].SequenceEqual(saved.ExactStripped);
            PathStep step = sameCase
                ? sameSlashes ? PathStep.Exact : PathStep.SlashesIgnored
                : sameSlashes ? PathStep.CaseIgnored : PathStep.CaseAndSlashesIgnored;
            if (!strict || step == PathStep.Exact)
            {
                return step;
            }
        }

        if (saved.Segments.Length != sent.Count)
        {
            return PathStep.None;
        }

        if (saved.WildcardCount > 0 && (!strict || sameSlashes) && Fits(saved, sent, strict, ids: false))
        {
            return PathStep.Wildcards;
        }

        return strict || !saved.HasIds || !Fits(saved, sent, exactCase: false, ids: true)
            ? PathStep.None
            : sameSlashes ? PathStep.IdsRemoved : PathStep.IdsAndSlashesRemoved;
    }

    /// <summary>Units of a <see cref="WorkBudget"/> that <see cref="Step"/> takes at most.</summary>
    internal static long Cost(ExamplePath saved, RequestPath sent)
    {
        const int PerPath = 20;
        const int PerSegment = 40;
        return PerPath + (saved.Segments.Length == sent.Count ? (PerSegment * (long)sent.Count) + sent.Exact.Length : 0);
    }

    /// <summary>Whether step 8 fits; false as well when it would take too much work to know.</summary>
    internal static bool IsSimilar(ExamplePath saved, RequestPath sent, ref WorkBudget budget)
    {
        if (saved.Segments.Length != sent.Count)
        {
            return false;
        }

        for (int index = 0; index < sent.Count; index++)
        {
            PathSegment segment = saved.Segments[index];
            ReadOnlySpan<char> text = sent.FoldedSegment(index);
            if (segment.IsWildcard ? !segment.Covers(text) : !IsClose(text, Letters.Of(text), segment, ref budget))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>How much two paths have in common, for naming the nearest examples; no part of the score.</summary>
    /// <param name="saved">Path of an example.</param>
    /// <param name="sent">Path of the call.</param>
    /// <param name="letters">What its segments are made of; those behind them are not compared.</param>
    /// <param name="budget">What comparing takes is taken from it.</param>
    internal static int Nearness(ExamplePath saved, RequestPath sent, ReadOnlySpan<ulong> letters, ref WorkBudget budget)
    {
        const int PerSegment = 10;
        int nearness = -CostOfLength * Math.Abs(saved.Segments.Length - sent.Count);
        int count = Math.Min(saved.Segments.Length, letters.Length);
        if (!budget.TrySpend(PerSegment * (1L + count), RequestExcess.Path))
        {
            return int.MinValue;
        }

        for (int index = 0; index < count; index++)
        {
            PathSegment segment = saved.Segments[index];
            ReadOnlySpan<char> text = sent.FoldedSegment(index);
            nearness += text.SequenceEqual(segment.Folded) ? NearnessOfSegment
                : segment.IsWildcard && segment.Covers(text) ? NearnessOfWildcard
                : IsClose(text, letters[index], segment, ref budget) ? NearnessOfSimilarSegment
                : 0;
        }

        return nearness;
    }

    private static bool IsClose(ReadOnlySpan<char> text, ulong letters, PathSegment segment, ref WorkBudget budget) =>
        Letters.MayBeClose(letters, segment.Letters, EditSimilarity.AllowedEdits(text.Length))
        && budget.TrySpend(EditSimilarity.Cost(text.Length), RequestExcess.Path)
        && EditSimilarity.IsClose(text, segment.Folded);

    private static bool Fits(ExamplePath saved, RequestPath sent, bool exactCase, bool ids)
    {
        for (int index = 0; index < sent.Count; index++)
        {
            PathSegment segment = saved.Segments[index];
            ReadOnlySpan<char> text = sent.FoldedSegment(index);
            bool fits = (segment.IsWildcard && (exactCase ? segment.CoversExactly(sent.ExactSegment(index)) : segment.Covers(text)))
                || (!segment.IsWildcard && (exactCase ? sent.ExactSegment(index).SequenceEqual(segment.Exact) : text.SequenceEqual(segment.Folded)))
                || (ids && segment.IsId && IdSegment.Is(text));
            if (!fits)
            {
                return false;
            }
        }

        return true;
    }
}
