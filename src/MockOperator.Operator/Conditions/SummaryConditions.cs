namespace MockOperator.Operator.Conditions;

/// <summary>
/// The conditions by which tools that know no kind decide whether to go on waiting, as kstatus reads them
/// (<see href="https://github.com/kubernetes-sigs/cli-utils/tree/master/pkg/kstatus"/>). <see cref="Ready"/> is always there; the others only while it is False, and only one of them.
/// </summary>
public static class SummaryConditions
{
    /// <summary>The object is as its spec says. A wait ends well.</summary>
    public const string Ready = "Ready";

    /// <summary>It is not yet, and may come to be so without an edit of this very object. A wait goes on.</summary>
    public const string Reconciling = "Reconciling";

    /// <summary>It is not, and nothing but an edit of this very object helps. A wait ends badly.</summary>
    public const string Stalled = "Stalled";

    /// <summary>Reason of <see cref="Ready"/> before the operator has written a word: the default that the definitions have for a status.</summary>
    public const string Pending = "Pending";
}
