namespace MockOperator.Resources;

/// <summary>What was used of a quota in a period that has ended.</summary>
public sealed record PeriodUsage
{
    /// <summary>The period by name.</summary>
    public string Period { get; init; } = "";

    /// <summary>Calls that were answered.</summary>
    public long Used { get; init; }

    /// <summary>Calls that may have been answered: the rest of pods that ended without telling. Null for none.</summary>
    public long? Lost { get; init; }

    /// <summary>Calls that might have been answered, as the quota said at the end of the period.</summary>
    public long Limit { get; init; }
}
