using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>A call, and who answered it.</summary>
/// <param name="Pod">Name of the pod.</param>
/// <param name="Call">The call.</param>
public sealed record PodCall(string Pod, MockCall Call)
{
    /// <summary>The order of listings: the newest first, and of the same moment the greater id.</summary>
    internal static int Compare(MockCall one, MockCall other) =>
        one.ServedAt != other.ServedAt ? other.ServedAt.CompareTo(one.ServedAt) : string.CompareOrdinal(other.Id, one.Id);
}
