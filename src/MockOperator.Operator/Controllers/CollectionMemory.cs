using System.Collections.Concurrent;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Operator.Controllers;

/// <summary>Remembers from which content the status of each collection was made, so that nothing is read twice.</summary>
public sealed class CollectionMemory
{
    private readonly ConcurrentDictionary<ObjectKey, string> _fingerprints = new();

    // Versions of collections whose status is being made.
    private readonly ConcurrentDictionary<ObjectKey, (string Fingerprint, Dictionary<string, DescribedVersion> Versions)> _underWay = new();

    /// <summary>Whether the status of a collection was made from this.</summary>
    public bool IsKnown(ObjectKey collection, string fingerprint) => _fingerprints.TryGetValue(collection, out string? known) && known == fingerprint;

    /// <summary>Remembers that it was.</summary>
    public void Remember(ObjectKey collection, string fingerprint)
    {
        _fingerprints[collection] = fingerprint;
        _underWay.TryRemove(collection, out _);
    }

    /// <summary>What was understood of a version while the status is being made from this, or null.</summary>
    public DescribedVersion? Described(ObjectKey collection, string fingerprint, string tag) =>
        _underWay.TryGetValue(collection, out (string Fingerprint, Dictionary<string, DescribedVersion> Versions) known) && known.Fingerprint == fingerprint
            ? known.Versions.GetValueOrDefault(tag)
            : null;

    /// <summary>Remembers what was understood of a version until the status is made. Called by the one worker that has the collection.</summary>
    public void Describe(ObjectKey collection, string fingerprint, string tag, DescribedVersion version)
    {
        if (!_underWay.TryGetValue(collection, out (string Fingerprint, Dictionary<string, DescribedVersion> Versions) known) || known.Fingerprint != fingerprint)
        {
            known = (fingerprint, new Dictionary<string, DescribedVersion>(StringComparer.Ordinal));
            _underWay[collection] = known;
        }

        known.Versions[tag] = version;
    }

    /// <summary>Forgets a collection.</summary>
    public void Forget(ObjectKey collection)
    {
        _fingerprints.TryRemove(collection, out _);
        _underWay.TryRemove(collection, out _);
    }
}
