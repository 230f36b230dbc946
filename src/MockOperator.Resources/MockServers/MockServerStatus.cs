namespace MockOperator.Resources;

/// <summary>Observed state of a mock server.</summary>
public sealed record MockServerStatus
{
    /// <summary>The generation that this status belongs to.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Conditions: <c>Ready</c> sums up the others.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>URL inside the cluster.</summary>
    public string? Url { get; init; }

    /// <summary>URL outside the cluster, when <see cref="MockServerSpec.Ingress"/> or <see cref="MockServerSpec.Gateway"/> asks for one.</summary>
    public string? ExternalUrl { get; init; }

    /// <summary>The collection served.</summary>
    public ServedCollection? Collection { get; init; }

    /// <summary>Number of examples served.</summary>
    public int? ExampleCount { get; init; }

    /// <summary>Number of places of the collection that were not understood.</summary>
    public int? SkippedCount { get; init; }

    /// <summary>Number of examples that can never be served, because another one always wins.</summary>
    public int? ShadowedCount { get; init; }

    /// <summary>The revision of the content that belongs to <see cref="ObservedGeneration"/>.</summary>
    public string? Revision { get; init; }

    /// <summary>Number of pods.</summary>
    public int? Replicas { get; init; }

    /// <summary>Number of pods that are ready.</summary>
    public int? ReadyReplicas { get; init; }

    /// <summary>Number of pods that serve <see cref="Revision"/>.</summary>
    public int? AcknowledgedReplicas { get; init; }

    /// <summary>The calls of this period; null when no quota counts them.</summary>
    public MockCallsStatus? Calls { get; init; }

    /// <summary>Label selector of the pods, for the scale subresource.</summary>
    public string? Selector { get; init; }
}
