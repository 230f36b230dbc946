namespace MockOperator.Resources;

/// <summary>What the operator tells a pod of the quotas of one mock.</summary>
public sealed record QuotaInstructions
{
    /// <summary>Name of the mock: a pod may come to host several.</summary>
    public string Mock { get; init; } = "";

    /// <summary>Pods of the mock that are ready, among which its rate limit is divided; 1 at least.</summary>
    public int ReadyPods { get; init; } = 1;

    /// <summary>How long the pod may wait before it answers, 0 to <see cref="QuotaExchange.MaxWaitSeconds"/>.</summary>
    public int WaitSeconds { get; init; }

    /// <summary>The number of the last report that the operator has taken in. A pod with news since then answers at once; 0 always gets an answer at once.</summary>
    public long Heard { get; init; }

    /// <summary>The process that this is for; null when the operator does not know it yet. Grants for another process are not taken.</summary>
    public string? Instance { get; init; }

    /// <summary>One for each quota, at most <see cref="QuotaReference.MaxOfMock"/>.</summary>
    public IReadOnlyList<QuotaInstruction>? Quotas { get; init; }
}
