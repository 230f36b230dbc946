namespace MockOperator.Resources;

/// <summary>What the operator tells a pod of one quota.</summary>
public sealed record QuotaInstruction
{
    /// <summary>UID of the MockQuota.</summary>
    public string Quota { get; init; } = "";

    /// <summary>The period by name.</summary>
    public string Period { get; init; } = "";

    /// <summary>
    /// Milliseconds until the period ends. The pod counts them by its own monotonic clock from when it reads them, so that no wall clock of a node matters.
    /// </summary>
    public long EndsInMilliseconds { get; init; }

    /// <summary>Calls that the quota allows in the period, for what callers are told.</summary>
    public long Limit { get; init; }

    /// <summary>Calls that all pods together have left, as far as the operator knows, for what callers are told.</summary>
    public long Remaining { get; init; }

    /// <summary>Calls granted to this process in the period, all grants together. Never falls within a period.</summary>
    public long Granted { get; init; }

    /// <summary>Whether nothing is left to be granted, or held by any other pod: calls beyond what is granted are refused with the limit reached.</summary>
    public bool IsExhausted { get; init; }

    /// <summary>How many unspent calls the pod may keep: it gives back what it has beyond. Null for all.</summary>
    public long? Keep { get; init; }
}
