namespace MockOperator.Resources;

/// <summary>Some calls of a pod, newest first.</summary>
public sealed record CallPage
{
    /// <summary>The calls.</summary>
    public required IReadOnlyList<MockCall> Calls { get; init; }

    /// <summary>Where the next page begins; null when there is none.</summary>
    public string? Next { get; init; }

    /// <summary>Calls that are remembered, whether or not they were asked for.</summary>
    public int Remembered { get; init; }

    /// <summary>Calls that made room for others, or found none, since the process began.</summary>
    public long Dropped { get; init; }
}
