namespace MockOperator.Resources;

/// <summary>
/// What a process of the runtime holds of a quota for one mock. What it may have answered is <see cref="Granted"/> − <see cref="Returned"/>; all but
/// <see cref="Unspent"/> of that it says it has.
/// </summary>
public sealed record QuotaHolder
{
    /// <summary>Name of the mock.</summary>
    public string Mock { get; init; } = "";

    /// <summary>UID of the pod.</summary>
    public string Pod { get; init; } = "";

    /// <summary>The process: another one after each start of its container, so that one that begins anew never spends what another held.</summary>
    public string Instance { get; init; } = "";

    /// <summary>The period that the numbers belong to.</summary>
    public string Period { get; init; } = "";

    /// <summary>Number of the last report taken in. Reports with lower numbers are late.</summary>
    public long Sequence { get; init; }

    /// <summary>Calls granted in the period, all grants together.</summary>
    public long Granted { get; init; }

    /// <summary>Calls that it gave back in the period, and will not answer.</summary>
    public long Returned { get; init; }

    /// <summary>Calls that it had left at its last report and all grants since. Negative where a pod answered more than it was granted, as <see cref="ExhaustedGrant.Allow"/> says.</summary>
    public long Unspent { get; init; }
}
