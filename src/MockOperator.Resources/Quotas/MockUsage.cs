namespace MockOperator.Resources;

/// <summary>What a mock used of a quota in this period.</summary>
public sealed record MockUsage
{
    /// <summary>Name of the MockServer.</summary>
    public string Name { get; init; } = "";

    /// <summary>Calls that it answered.</summary>
    public long Calls { get; init; }
}
