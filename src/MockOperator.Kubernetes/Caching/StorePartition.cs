using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Caching;

/// <summary>The writing side of a store for one namespace, or for all: what a reflector holds. Used by one writer at a time.</summary>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class StorePartition<T>
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly ResourceStore<T> _store;

    internal StorePartition(ResourceStore<T> store, string @namespace)
    {
        _store = store;
        Namespace = @namespace;
    }

    /// <summary>The namespace; empty for all.</summary>
    public string Namespace { get; }

    internal bool IsSynced { get; set; }

    internal ulong? LastVersion { get; set; }

    /// <summary>Swaps the whole content of this namespace for a complete list, at one instant (I3), and tells of what differs.</summary>
    /// <param name="items">The complete list.</param>
    /// <param name="resourceVersion">The version of the list.</param>
    /// <param name="unreadable">Objects that are there but could not be read: they stay as they were.</param>
    public void Replace(IReadOnlyList<T> items, string resourceVersion, IReadOnlySet<ObjectKey>? unreadable = null) =>
        _store.Replace(this, items, resourceVersion, unreadable);

    /// <summary>Takes in an object that is new or changed.</summary>
    /// <param name="item">The object.</param>
    public void Upsert(T item) => _store.Upsert(this, item);

    /// <summary>Takes out an object.</summary>
    /// <param name="item">Its last state.</param>
    public void Remove(T item) => _store.Remove(this, ObjectKey.Of(item), item.Metadata.ResourceVersion);

    /// <summary>Notes that the store is up to date with a version, although nothing changed.</summary>
    /// <param name="resourceVersion">The version.</param>
    public void Bookmark(string resourceVersion) => _store.Bookmark(this, resourceVersion);

    internal bool Holds(ObjectKey key) => Namespace.Length == 0 || key.Namespace == Namespace;
}
