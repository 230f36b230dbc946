using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Caching;

/// <summary>From a value to the objects that have it. Guarded by its store's lock.</summary>
internal sealed class StoreIndex<T>(Func<T, IEnumerable<string>> values)
    where T : class
{
    private readonly Dictionary<string, HashSet<ObjectKey>> _entries = new(StringComparer.Ordinal);

    /// <summary>The objects under a value.</summary>
    public IEnumerable<ObjectKey> Find(string value) => _entries.TryGetValue(value, out var keys) ? keys : [];

    /// <summary>Moves an object from its old values to its new ones.</summary>
    public void Move(ObjectKey key, T? old, T? updated)
    {
        if (old is not null)
        {
            foreach (var value in values(old))
            {
                if (_entries.TryGetValue(value, out var keys) && keys.Remove(key) && keys.Count == 0)
                    _entries.Remove(value);
            }
        }

        if (updated is not null)
        {
            foreach (var value in values(updated))
            {
                if (!_entries.TryGetValue(value, out var keys))
                    _entries[value] = keys = [];
                keys.Add(key);
            }
        }
    }
}
