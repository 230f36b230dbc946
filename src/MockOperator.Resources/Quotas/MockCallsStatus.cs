namespace MockOperator.Resources;

/// <summary>Calls of this period, as the status of a mock tells them: those of the quota that has the fewest left, in proportion to its limit.</summary>
public sealed record MockCallsStatus
{
    /// <summary>Name of the MockQuota.</summary>
    public string? Quota { get; init; }

    /// <summary>Calls that its mocks answered.</summary>
    public long? Used { get; init; }

    /// <summary>Calls that they may answer.</summary>
    public long? Limit { get; init; }

    /// <summary>Calls that they can still answer.</summary>
    public long? Remaining { get; init; }

    /// <summary>When the next period begins.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}
