using MockOperator.Resources;
using MockOperator.Runtime.Access;
using Prometheus;

namespace MockOperator.Runtime.Metrics;

/// <summary>
/// The counters of a mock's keys, by the names of their entries: the first <see cref="ApiKeyRules.MostCounted"/> have one each, the others share one, so that the label set is
/// bounded however many keys there are and however often they are rotated. Immutable.
/// </summary>
internal sealed class KeyCounters
{
    private readonly string[] _names;
    private readonly Counter.Child[] _children;

    private KeyCounters(string[] names, Counter.Child[] children)
    {
        _names = names;
        _children = children;
    }

    /// <summary>No keys.</summary>
    public static KeyCounters None { get; } = new([], []);

    /// <summary>Counts a request that a key admitted.</summary>
    public void Count(ApiKeyEntry key)
    {
        // A request may still hold a key of a ring that has just been replaced.
        if (_children.Length > 0)
        {
            _children[Math.Min(key.Counter, _children.Length - 1)].Inc();
        }
    }

    /// <summary>The counters for another ring; those of entries that are gone are taken out of the metric.</summary>
    public KeyCounters Follow(Counter counter, string mock, ApiKeyRing ring)
    {
        string[] names = [.. ring.Entries.Take(ApiKeyRules.MostCounted).Select(static entry => entry.Name)];
        if (ring.Entries.Length > ApiKeyRules.MostCounted)
        {
            names = [.. names, ApiKeyRules.OtherKeys];
        }

        foreach (string gone in _names.Except(names, StringComparer.Ordinal))
        {
            counter.RemoveLabelled(mock, gone);
        }

        return new KeyCounters(names, [.. names.Select(name => counter.WithLabels(mock, name))]);
    }
}
