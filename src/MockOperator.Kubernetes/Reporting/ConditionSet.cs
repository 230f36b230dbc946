using k8s.Models;

namespace MockOperator.Kubernetes.Reporting;

/// <summary>The conditions of one object's next status, made from those it has.</summary>
/// <remarks>
/// Promises: <c>lastTransitionTime</c> changes only when a condition's status does, and has whole seconds; each condition set carries the generation; the order is that of
/// first appearance, so that equal content is equal JSON; <see cref="Changed"/> is false when nothing but times would differ, so that a status is written only when it says
/// something new. Not thread-safe.
/// </remarks>
public sealed class ConditionSet
{
    private const int LongestMessage = 32768;

    private readonly List<V1Condition> _conditions;
    private readonly Dictionary<string, V1Condition> _observed;
    private readonly long _generation;
    private readonly DateTime _now;

    /// <summary>Starts from what was observed.</summary>
    /// <param name="observed">The conditions in the object's status; null for none.</param>
    /// <param name="generation">The object's generation.</param>
    /// <param name="time">The clock.</param>
    public ConditionSet(IEnumerable<V1Condition>? observed, long generation, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        _conditions = [.. observed ?? []];
        _observed = _conditions.DistinctBy(c => c.Type, StringComparer.Ordinal).ToDictionary(c => c.Type, StringComparer.Ordinal);
        _generation = generation;
        var now = time.GetUtcNow().UtcDateTime;
        _now = new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);
    }

    /// <summary>Whether anything differs from what was observed.</summary>
    public bool Changed => _conditions.Count != _observed.Count || _conditions.Exists(c => !_observed.TryGetValue(c.Type, out var old) || !Same(old, c));

    /// <summary>A condition.</summary>
    /// <param name="type">Its type.</param>
    /// <returns>The condition; null when there is none.</returns>
    public V1Condition? this[string type] => _conditions.Find(c => c.Type == type);

    /// <summary>Sets a condition.</summary>
    /// <param name="type">What is observed, CamelCase.</param>
    /// <param name="status">Whether it holds; null for not yet known.</param>
    /// <param name="reason">Why, as one stable CamelCase word.</param>
    /// <param name="message">Why, for people; cut at 32,768 characters. Never a Secret's value.</param>
    /// <returns>This set.</returns>
    public ConditionSet Set(string type, bool? status, string reason, string message = "")
    {
        ArgumentException.ThrowIfNullOrEmpty(type);
        ArgumentException.ThrowIfNullOrEmpty(reason);
        ArgumentNullException.ThrowIfNull(message);
        var text = status switch { true => "True", false => "False", null => "Unknown" };
        var index = _conditions.FindIndex(c => c.Type == type);
        var before = _observed.GetValueOrDefault(type);
        var condition = new V1Condition
        {
            Type = type,
            Status = text,
            Reason = reason,
            Message = message.Length > LongestMessage ? message[..LongestMessage] : message,
            ObservedGeneration = _generation,
            LastTransitionTime = before?.Status == text && before.LastTransitionTime != default ? before.LastTransitionTime : _now,
        };
        if (index < 0)
            _conditions.Add(condition);
        else
            _conditions[index] = condition;
        return this;
    }

    /// <summary>Takes a condition out.</summary>
    /// <param name="type">Its type.</param>
    /// <returns>This set.</returns>
    public ConditionSet Remove(string type)
    {
        _conditions.RemoveAll(c => c.Type == type);
        return this;
    }

    /// <summary>The conditions as they should be written.</summary>
    /// <returns>The conditions in stable order.</returns>
    public IReadOnlyList<V1Condition> ToList() => [.. _conditions];

    private static bool Same(V1Condition a, V1Condition b) =>
        a.Status == b.Status && a.Reason == b.Reason && a.Message == b.Message && a.ObservedGeneration == b.ObservedGeneration;
}
