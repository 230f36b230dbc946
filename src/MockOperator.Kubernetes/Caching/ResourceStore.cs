using System.Diagnostics.CodeAnalysis;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Caching;

/// <summary>What is common to the stores of all kinds: how far each has come.</summary>
public abstract class ResourceStore
{
    private readonly LabelSelector _selector;

    private protected ResourceStore(ResourceKind kind, string? name, bool isOptional, LabelSelector selector)
    {
        Kind = kind;
        Name = name;
        IsOptional = isOptional;
        _selector = selector;
    }

    /// <summary>The kind of the objects.</summary>
    public ResourceKind Kind { get; }

    /// <summary>Tells stores of one type apart; null for the only one.</summary>
    public string? Name { get; }

    /// <summary>Whether the server may have no such kind.</summary>
    public bool IsOptional { get; }

    /// <summary>Told of each change of <see cref="State"/>, after the changes of the content that belong to it. Must be quick, must not throw and must not write to a store.</summary>
    [SuppressMessage("Design", "MA0046", Justification = "The state says all; the sender would be this store every time.")]
    public event Action<StoreState>? StateChanged;

    /// <summary>What is known of the kind.</summary>
    public abstract StoreState State { get; }

    /// <summary>The number of objects.</summary>
    public abstract int Count { get; }

    /// <summary>Whether every namespace watched has been listed.</summary>
    public bool IsSynced => State == StoreState.Synced;

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

    /// <summary>Notes whether the server has the kind: an optional store without it is empty.</summary>
    internal abstract void NoteServed(bool isServed);

    private protected void TellState(StoreState state) => StateChanged?.Invoke(state);

    internal bool Covers(ResourceKind kind, IDictionary<string, string>? labels) => kind == Kind && _selector.Matches(labels);
}
