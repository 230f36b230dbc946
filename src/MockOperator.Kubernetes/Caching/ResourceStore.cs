using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Caching;

/// <summary>What is common to the stores of all kinds: how far each has come.</summary>
public abstract class ResourceStore
{
    private readonly LabelSelector _selector;

    private protected ResourceStore(ResourceKind kind, string? name, LabelSelector selector)
    {
        Kind = kind;
        Name = name;
        _selector = selector;
    }

    /// <summary>The kind of the objects.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Tells stores of one type apart; null for the only one.</summary>
    public string? Name { get; }

    /// <summary>The number of objects.</summary>
    public abstract int Count { get; }

    /// <summary>Whether every namespace watched has been listed once.</summary>
    public abstract bool IsSynced { get; }

    /// <summary>Waits until every namespace watched has been listed once.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>A task that is complete then.</returns>
    public abstract Task WhenSyncedAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits until the store has seen a version.</summary>
    /// <param name="namespace">The namespace of the object that has it; empty for objects of the cluster.</param>
    /// <param name="resourceVersion">The version.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it has; at once true when the namespace is not watched.</returns>
    public abstract Task<bool> WhenAtLeastAsync(string @namespace, ulong resourceVersion, TimeSpan timeout, CancellationToken cancellationToken = default);

    /// <summary>Waits until an object that was deleted is gone, replaced by another or marked for deletion.</summary>
    /// <param name="key">The object.</param>
    /// <param name="uid">Its identity; null when only the name is known.</param>
    /// <param name="timeout">The longest wait.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Whether it is.</returns>
    public abstract Task<bool> WhenDeletedAsync(ObjectKey key, string? uid, TimeSpan timeout, CancellationToken cancellationToken = default);

    internal bool Covers(ResourceKind kind, IDictionary<string, string>? labels) => kind == Kind && _selector.Matches(labels);
}
