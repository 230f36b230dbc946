using System.Collections.Concurrent;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Operator.Controllers;

/// <summary>Remembers from which content the status of each collection was made, so that nothing is read twice.</summary>
public sealed class CollectionMemory
{
    private readonly ConcurrentDictionary<ObjectKey, string> _fingerprints = new();

    /// <summary>Whether the status of a collection was made from this.</summary>
    public bool IsKnown(ObjectKey collection, string fingerprint) => _fingerprints.TryGetValue(collection, out string? known) && known == fingerprint;

    /// <summary>Remembers that it was.</summary>
    public void Remember(ObjectKey collection, string fingerprint) => _fingerprints[collection] = fingerprint;

    /// <summary>Forgets a collection.</summary>
    public void Forget(ObjectKey collection) => _fingerprints.TryRemove(collection, out _);
}
