using System.Collections.Frozen;
using System.Collections.Immutable;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections;

/// <summary>What was read from an environment that Postman exported.</summary>
public sealed record LoadedEnvironment
{
    /// <summary>Name of the environment; empty when it has none.</summary>
    public string Name { get; init; } = "";

    /// <summary>Enabled variables by name, case-sensitive. Their values may be secrets: they appear in no issue.</summary>
    public FrozenDictionary<string, string> Variables { get; init; } = FrozenDictionary<string, string>.Empty;

    /// <summary>What was not understood, in the order found; at most <see cref="LoadLimits.Issues"/> of it.</summary>
    public ImmutableArray<LoadIssue> Issues { get; init; } = [];

    /// <summary>Number of issues, those not kept included.</summary>
    public int IssueCount { get; init; }

    /// <summary>Whether nothing of the document can be used because of its form.</summary>
    public bool IsFatal => Issues.Any(static issue => issue.Severity == LoadIssueSeverity.Fatal);
}
