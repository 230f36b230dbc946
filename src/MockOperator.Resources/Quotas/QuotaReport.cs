namespace MockOperator.Resources;

/// <summary>What a pod tells of the quotas of one mock.</summary>
public sealed record QuotaReport
{
    /// <summary>The process: another one after each start.</summary>
    public string Instance { get; init; } = "";

    /// <summary>Number of the report, rising by each that says something else.</summary>
    public long Sequence { get; init; }

    /// <summary>Whether the process answers no more calls: nothing that it reports will change.</summary>
    public bool IsFinal { get; init; }

    /// <summary>One for each quota that the mock has or had in this process, and for each period that has not been heard to its end.</summary>
    public IReadOnlyList<QuotaMeterReport>? Meters { get; init; }
}
