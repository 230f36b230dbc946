namespace MockOperator.Resources;

/// <summary>What was understood of one version.</summary>
public sealed record CollectionVersionStatus
{
    /// <summary><c>CURRENT</c> or the tag.</summary>
    public string Tag { get; init; } = "";

    /// <summary>Number of examples that can be served.</summary>
    public int ExampleCount { get; init; }

    /// <summary>Number of examples that can never be served, because another one always wins.</summary>
    public int? ShadowedCount { get; init; }

    /// <summary>Number of places that were not understood.</summary>
    public int? SkippedCount { get; init; }

    /// <summary>The first issues found, at most 20.</summary>
    public IReadOnlyList<LoadIssue>? Issues { get; init; }
}
