namespace MockOperator.Resources;

/// <summary>Observed state of a quota: what its mocks used, and the ledger by which the operator grants.</summary>
public sealed record MockQuotaStatus
{
    /// <summary>Most mocks whose usage is told one by one.</summary>
    public const int MaxMocks = 100;

    /// <summary>Most periods that are told of besides this one.</summary>
    public const int MaxHistory = 12;

    /// <summary>The generation that this status belongs to.</summary>
    public long? ObservedGeneration { get; init; }

    /// <summary>Conditions: <c>Ready</c>, <c>WithinLimit</c>, <c>Warning</c>.</summary>
    public IReadOnlyList<Condition>? Conditions { get; init; }

    /// <summary>This period by name: <c>2026-11</c>, <c>2026-W48</c>, <c>2026-11-26</c> or <c>2026-11-26T17+0000</c>.</summary>
    public string? Period { get; init; }

    /// <summary>When this period began.</summary>
    public DateTimeOffset? StartedAt { get; init; }

    /// <summary>When it ends, and the next begins.</summary>
    public DateTimeOffset? ResetsAt { get; init; }

    /// <summary>Calls that may be answered in this period.</summary>
    public long? Limit { get; init; }

    /// <summary>Calls that were answered, as far as the pods have told. At most ten seconds behind while there are calls.</summary>
    public long? Used { get; init; }

    /// <summary>Calls that pods hold and may answer without asking, those in <see cref="Used"/> left out.</summary>
    public long? Granted { get; init; }

    /// <summary>
    /// Calls that pods held when they ended without telling how many they had answered: killed, or lost with their node. They count as answered, so that the limit is never exceeded.
    /// </summary>
    public long? Lost { get; init; }

    /// <summary>Calls that can still be answered in this period: those that pods hold, and those not granted yet.</summary>
    public long? Remaining { get; init; }

    /// <summary>Number of mocks that the quota covers.</summary>
    public int? CoveredMocks { get; init; }

    /// <summary>Calls of each mock in this period, the most used first, at most <see cref="MaxMocks"/>.</summary>
    public IReadOnlyList<MockUsage>? Mocks { get; init; }

    /// <summary>Calls of all other mocks in this period.</summary>
    public long? OtherMocks { get; init; }

    /// <summary>The periods before this one, the last first, at most <see cref="MaxHistory"/>.</summary>
    public IReadOnlyList<PeriodUsage>? History { get; init; }

    /// <summary>What the operator keeps to grant exactly. Not for people.</summary>
    public QuotaLedgerState? Ledger { get; init; }
}
