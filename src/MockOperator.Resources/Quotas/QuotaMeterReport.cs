namespace MockOperator.Resources;

/// <summary>What a pod tells of one quota and period.</summary>
public sealed record QuotaMeterReport
{
    /// <summary>UID of the MockQuota.</summary>
    public string Quota { get; init; } = "";

    /// <summary>The period; empty when the pod has heard of none yet.</summary>
    public string Period { get; init; } = "";

    /// <summary>Calls that it knows were granted to it in the period.</summary>
    public long Granted { get; init; }

    /// <summary>Calls that it gave back in the period and will not answer. Never falls.</summary>
    public long Returned { get; init; }

    /// <summary>Calls that it has left; negative when it answered more than it was granted (<see cref="ExhaustedGrant.Allow"/>).</summary>
    public long Unspent { get; init; }

    /// <summary>Whether the period, or the quota of this mock, is over for the pod: <see cref="Unspent"/> is 0 or negative and nothing will change.</summary>
    public bool IsClosed { get; init; }

    /// <summary>Calls in a second that came lately, refused ones for want of grants among them: by it the next grant is measured.</summary>
    public double Rate { get; init; }

    /// <summary>Whether the pod needs more.</summary>
    public bool IsWanting { get; init; }

    /// <summary>Whether calls wait for it now: they come before those for which a pod only lays something aside.</summary>
    public bool IsAwaited { get; init; }
}
