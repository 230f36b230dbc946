using System.Collections.Immutable;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections;

/// <summary>What was read from a collection document: a flat list of examples, and every place that was not understood.</summary>
public sealed record LoadedCollection
{
    /// <summary>Name of the collection; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>All examples in document order, of every folder. Folders and parent requests play no role in matching.</summary>
    public ImmutableArray<Example> Examples { get; init; } = [];

    /// <summary>Variables of the collection as a whole, without those of its folders.</summary>
    public VariableScope Variables { get; init; } = VariableScope.Empty;

    /// <summary>Saved requests without an example, so that a call of one can be told what is missing.</summary>
    public ImmutableArray<UnansweredRequest> RequestsWithoutExample { get; init; } = [];

    /// <summary>What was not understood, in the order found; at most <see cref="LoadLimits.Issues"/> of it.</summary>
    public ImmutableArray<LoadIssue> Issues { get; init; } = [];

    /// <summary>Number of issues, those not kept included.</summary>
    public int IssueCount { get; init; }

    /// <summary>Whether nothing of the document can be served because of its form (not JSON, no items, too deep).</summary>
    public bool IsFatal => Issues.Any(static issue => issue.Severity == LoadIssueSeverity.Fatal);
}
