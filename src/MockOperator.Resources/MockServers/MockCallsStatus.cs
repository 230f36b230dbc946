namespace MockOperator.Resources;

/// <summary>The calls of a mock in the period of a quota that counts them.</summary>
public sealed record MockCallsStatus
{
    /// <summary>Name of the MockQuota: the mock's own if it has one, else the first by name.</summary>
    public string Quota { get; init; } = "";

    /// <summary>Calls that the mock answered in this period, at most a minute behind what the quota tells.</summary>
    public long Answered { get; init; }

    /// <summary>When the period ends; null while there was no call in it.</summary>
    public DateTimeOffset? ResetsAt { get; init; }
}
