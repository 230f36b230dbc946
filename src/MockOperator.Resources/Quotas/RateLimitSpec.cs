namespace MockOperator.Resources;

/// <summary>How many calls a mock answers in a time, kept by each pod for its part. Postman's is 120 in <c>1m</c>.</summary>
public sealed record RateLimitSpec
{
    /// <summary>Calls, 1 to 1,000,000,000. So many may come at once.</summary>
    public long? Requests { get; init; }

    /// <summary>The time in which they are filled up again: <c>1s</c> to <c>24h</c>. Default <c>1m</c>.</summary>
    public string? Per { get; init; }
}
