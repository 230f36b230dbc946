namespace MockOperator.Resources;

/// <summary>Observed state of a collection: what was understood of it.</summary>
public sealed record CollectionStatus
{
    /// <summary>The generation that this status belongs to.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Conditions: <c>Ready</c> is true when every version could be read.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>Number of examples in <c>CURRENT</c>.</summary>
    public int? ExampleCount { get; init; }

    /// <summary>Number of places in any version that were not understood.</summary>
    public int? SkippedCount { get; init; }

    /// <summary>Number of examples in <c>CURRENT</c> that can never be served, because another one always wins.</summary>
    public int? ShadowedCount { get; init; }

    /// <summary>What was understood, by version, <c>CURRENT</c> first.</summary>
    public IReadOnlyList<CollectionVersionStatus>? Versions { get; init; }
}
