using System.Collections.Immutable;

namespace MockOperator.Mocking.Matching;

/// <summary>One segment of a saved path.</summary>
internal sealed record PathSegment
{
    /// <summary>The text, decoded: what an exact comparison compares. A <c>:name</c> with a saved value has that value.</summary>
    internal required string Exact { get; init; }

    /// <summary><see cref="Exact"/> with its case folded.</summary>
    internal required string Folded { get; init; }

    /// <summary>What <see cref="Folded"/> is made of.</summary>
    internal ulong Letters { get; init; }

    /// <summary>Whether any value takes the place of this segment from step 5 on.</summary>
    internal bool IsWildcard { get; init; }

    /// <summary>What must follow the value, decoded: <c>.json</c> of <c>:id.json</c>; empty for a wildcard that covers the whole segment.</summary>
    internal string Suffix { get; init; } = "";

    /// <summary><see cref="Suffix"/> with its case folded.</summary>
    internal string FoldedSuffix { get; init; } = "";

    /// <summary>Names that the value is captured under; none for <c>{{$guid}}</c> and its like.</summary>
    internal ImmutableArray<string> Captures { get; init; } = [];

    /// <summary>Whether the segment is an id (steps 6 and 7). A wildcard never is.</summary>
    internal bool IsId { get; init; }

    /// <summary>Whether a wildcard takes a requested segment, case ignored: not an empty one, and only with its suffix.</summary>
    internal bool Covers(ReadOnlySpan<char> folded) => Covers(folded, FoldedSuffix);

    /// <summary>Whether a wildcard takes a requested segment as it is written.</summary>
    internal bool CoversExactly(ReadOnlySpan<char> sent) => Covers(sent, Suffix);

    private static bool Covers(ReadOnlySpan<char> segment, string suffix) => segment.Length > suffix.Length && segment.EndsWith(suffix, StringComparison.Ordinal);
}
