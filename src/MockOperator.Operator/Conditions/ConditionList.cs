using MockOperator.Resources;

namespace MockOperator.Operator.Conditions;

/// <summary>Builds the conditions of a status. A transition time changes only when the status of its condition does.</summary>
public sealed class ConditionList(IReadOnlyList<Condition>? before, long? generation, DateTimeOffset now)
{
    private const int LongestMessage = 2048;

    private readonly List<Condition> _conditions = [];

    /// <summary>The conditions, in the order in which they were set.</summary>
    public IReadOnlyList<Condition> Conditions => _conditions;

    /// <summary>Sets a condition.</summary>
    public ConditionList Set(string type, ConditionStatus status, string reason, string message)
    {
        Condition? old = before?.FirstOrDefault(condition => condition.Type == type);
        _conditions.Add(new Condition
        {
            Type = type,
            Status = status,
            Reason = reason,
            Message = BoundedText.Cut(message, LongestMessage),
            ObservedGeneration = generation,
            LastTransitionTime = old is { LastTransitionTime: { } since } && old.Status == status ? since : WholeSeconds(now),
        });
        return this;
    }

    /// <summary>Sets a condition that holds or not.</summary>
    public ConditionList Set(string type, bool holds, string reason, string message) =>
        Set(type, holds ? ConditionStatus.True : ConditionStatus.False, reason, message);

    /// <summary>Says that the object is not <see cref="SummaryConditions.Ready"/>, and whether that may change without an edit of it.</summary>
    public ConditionList SetNotReady(string reason, string message, bool isStalled) =>
        Set(SummaryConditions.Ready, holds: false, reason, message)
            .Set(isStalled ? SummaryConditions.Stalled : SummaryConditions.Reconciling, holds: true, reason, message);

    /// <summary>Conditions in an order of their own. A server merges them by type and keeps the order that it had, or takes that of who applied last: it says nothing.</summary>
    public static IReadOnlyList<Condition>? Sorted(IReadOnlyList<Condition>? conditions) =>
        conditions is null ? null : [.. conditions.OrderBy(static condition => condition.Type, StringComparer.Ordinal)];

    private static DateTimeOffset WholeSeconds(DateTimeOffset time) => DateTimeOffset.FromUnixTimeSeconds(time.ToUnixTimeSeconds());
}
