namespace MockOperator.Resources;

/// <summary>What the operator keeps of a quota to grant exactly: every change of it is a write that succeeds only upon the state before (compare and swap).</summary>
public sealed record QuotaLedgerState
{
    /// <summary>Most processes that can hold grants of a quota at one time.</summary>
    public const int MaxHolders = 500;

    /// <summary>Counts the writes: what has a lower number is older.</summary>
    public long Serial { get; init; }

    /// <summary>The processes that hold grants.</summary>
    public IReadOnlyList<QuotaHolder>? Holders { get; init; }
}
