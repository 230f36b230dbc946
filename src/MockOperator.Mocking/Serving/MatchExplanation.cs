using System.Collections.Immutable;
using MockOperator.Mocking.Matching;

namespace MockOperator.Mocking.Serving;

/// <summary>Why a request got the answer it got: every example with its score or the reason it was left out.</summary>
public sealed record MatchExplanation
{
    /// <summary>How the call ends.</summary>
    public required MatchOutcome Outcome { get; init; }

    /// <summary>What of the call is too much to be explained; then there are no rows.</summary>
    public RequestExcess Excess { get; init; }

    /// <summary>The examples, the winner first, then by score; at most <see cref="MaxRows"/>.</summary>
    public required ImmutableArray<ExplainedExample> Examples { get; init; }

    /// <summary>Number of examples that the plan holds.</summary>
    public required int ExampleCount { get; init; }

    /// <summary>Most rows of a table.</summary>
    public const int MaxRows = 1000;
}
