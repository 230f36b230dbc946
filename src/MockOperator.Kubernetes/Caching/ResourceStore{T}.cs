using System.Diagnostics.CodeAnalysis;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Caching;

/// <summary>The last known state of all objects of a kind, in memory, with indexes.</summary>
/// <remarks>
/// <para>Promises: it never shows a mixture of two lists (I3); every change is told once, in order, with old and new state, after the store shows it (so a reconcile
/// that starts after the telling sees it, I2); an object noticed missing only by a new list is told as deleted with its last state; an object of the same name with
/// another UID is told as deleted and added; objects that cannot be read stay as they last were.</para>
/// <para>Does not promise: to be up to date with the server (see <see cref="WhenAtLeastAsync"/>). Objects handed out are shared and must not be changed.</para>
/// <para>Reading takes a short lock and never waits for the handlers of <see cref="Changed"/>, which run one after the other and must not block.</para>
/// </remarks>
/// <typeparam name="T">The type of the objects.</typeparam>
public sealed class ResourceStore<T> : ResourceStore
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly Lock _content = new();
    private readonly Lock _telling = new();
    private readonly Dictionary<ObjectKey, T> _objects = [];
    private readonly Dictionary<string, StoreIndex<T>> _indexes;
    private readonly List<StorePartition<T>> _partitions = [];
    private readonly StoreWaiters<T> _waiters;
    private readonly TaskCompletionSource _synced = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private StoreState _state;

    /// <summary>Makes an empty store; <see cref="OpenPartition"/> gives what fills it.</summary>
    /// <param name="options">What to keep, and the indexes.</param>
    /// <param name="time">The clock of waits.</param>
    public ResourceStore(StoreOptions<T>? options = null, TimeProvider? time = null)
        : base(ResourceKind.Of<T>(), options?.Name, options?.IsOptional is true, LabelSelector.Parse(options?.LabelSelector))
    {
        _indexes = (options?.Indexes ?? []).ToDictionary(x => x.Key, x => new StoreIndex<T>(x.Value), StringComparer.Ordinal);
        _waiters = new StoreWaiters<T>(time ?? TimeProvider.System);
    }

    /// <summary>Told of every change, in order. Must be quick, must not throw and must not write to a store.</summary>
    [SuppressMessage("Design", "MA0046", Justification = "A change says all; the sender would be this store every time.")]
    public event Action<StoreChange<T>>? Changed;

    /// <inheritdoc/>
    public override int Count
    {
        get
        {
            lock (_content)
                return _objects.Count;
        }
    }

    /// <inheritdoc/>
    public override StoreState State
    {
        get
        {
            lock (_content)
                return _state;
        }
    }

    /// <summary>The names of all objects.</summary>
    public IReadOnlyList<ObjectKey> Keys
    {
        get
        {
            lock (_content)
                return [.. _objects.Keys];
        }
    }

    /// <summary>One object.</summary>
    /// <param name="key">Its name.</param>
    /// <returns>The object; null when there is none.</returns>
    public T? Get(ObjectKey key)
    {
        lock (_content)
            return _objects.GetValueOrDefault(key);
    }

    /// <summary>One object.</summary>
    /// <param name="namespace">Its namespace; empty for an object of the cluster.</param>
    /// <param name="name">Its name.</param>
    /// <returns>The object; null when there is none.</returns>
    public T? Get(string @namespace, string name) => Get(new ObjectKey(@namespace, name));

    /// <summary>All objects, in no order.</summary>
    /// <returns>The objects at one instant.</returns>
    public IReadOnlyList<T> List()
    {
        lock (_content)
            return [.. _objects.Values];
    }

    /// <summary>The objects that an index lists under a value.</summary>
    /// <param name="index">The index.</param>
    /// <param name="value">The value.</param>
    /// <returns>The objects at one instant, in no order.</returns>
    /// <exception cref="KeyNotFoundException">There is no such index.</exception>
    public IReadOnlyList<T> ByIndex(string index, string value)
    {
        var entries = _indexes[index];
        lock (_content)
            return [.. entries.Find(value).Select(key => _objects[key])];
    }

    /// <summary>Whether the objects of a namespace are watched: one that the store does not show is not there only then.</summary>
    /// <param name="namespace">The namespace.</param>
    /// <returns>Whether they are.</returns>
    public bool Watches(string @namespace)
    {
        lock (_content)
            return _partitions.Exists(p => p.Namespace.Length == 0 || p.Namespace == @namespace);
    }

    /// <summary>Opens the writing side for one namespace. All are opened before the first is filled.</summary>
    /// <param name="namespace">The namespace; empty for all.</param>
    /// <returns>The writing side.</returns>
    public StorePartition<T> OpenPartition(string @namespace = "")
    {
        lock (_content)
        {
            var partition = new StorePartition<T>(this, @namespace);
            _partitions.Add(partition);
            return partition;
        }
    }

    /// <inheritdoc/>
    public override Task WhenSyncedAsync(CancellationToken cancellationToken = default) => _synced.Task.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task<bool> WhenAtLeastAsync(string @namespace, ulong resourceVersion, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        lock (_content)
        {
            var partition = _partitions.Find(p => p.Namespace.Length == 0 || p.Namespace == @namespace);
            // A kind that is not watched now may never show what was written.
            return partition is null || HasSeen()
                ? Task.FromResult(true)
                : _waiters.WaitAsync(HasSeen, timeout, cancellationToken);

            bool HasSeen() => partition.LastVersion >= resourceVersion || (IsOptional && _state != StoreState.Synced);
        }
    }

    /// <inheritdoc/>
    public override Task<bool> WhenDeletedAsync(ObjectKey key, string? uid, TimeSpan timeout, CancellationToken cancellationToken = default)
    {
        lock (_content)
            return IsGone() ? Task.FromResult(true) : _waiters.WaitAsync(IsGone, timeout, cancellationToken);

        bool IsGone() => !_objects.TryGetValue(key, out var entity)
            || (uid is not null && entity.Metadata.Uid != uid)
            || entity.Metadata.DeletionTimestamp is not null;
    }

    internal void Replace(StorePartition<T> partition, IReadOnlyList<T> items, string resourceVersion, IReadOnlySet<ObjectKey>? unreadable)
    {
        lock (_telling)
        {
            var changes = new List<StoreChange<T>>();
            bool isNewlySynced;
            lock (_content)
            {
                var initial = !partition.IsSynced;
                var present = new HashSet<ObjectKey>(items.Count);
                foreach (var item in items)
                {
                    present.Add(ObjectKey.Of(item));
                    Put(item, initial, changes);
                }

                foreach (var key in _objects.Keys.Where(k => partition.Holds(k) && !present.Contains(k) && unreadable?.Contains(k) != true).ToList())
                    changes.Add(Take(key));

                partition.IsSynced = true;
                partition.LastVersion = ResourceVersion.Parse(resourceVersion) ?? partition.LastVersion;
                isNewlySynced = _state != StoreState.Synced && _partitions.TrueForAll(p => p.IsSynced);
                if (isNewlySynced)
                    _state = StoreState.Synced;
                _waiters.Wake();
            }

            Tell(changes);
            if (isNewlySynced)
            {
                _synced.TrySetResult();
                TellState(StoreState.Synced);
            }
        }
    }

    internal void Upsert(StorePartition<T> partition, T item)
    {
        lock (_telling)
        {
            var changes = new List<StoreChange<T>>(2);
            lock (_content)
            {
                Put(item, initial: false, changes);
                Advance(partition, item.Metadata.ResourceVersion);
            }

            Tell(changes);
        }
    }

    internal void Remove(StorePartition<T> partition, ObjectKey key, string? resourceVersion)
    {
        lock (_telling)
        {
            StoreChange<T>? change;
            lock (_content)
            {
                change = _objects.ContainsKey(key) ? Take(key) : null;
                Advance(partition, resourceVersion);
            }

            if (change is not null)
                Tell([change]);
        }
    }

    internal void Bookmark(StorePartition<T> partition, string resourceVersion)
    {
        lock (_content)
            Advance(partition, resourceVersion);
    }

    internal override void NoteServed(bool isServed)
    {
        lock (_telling)
        {
            var changes = new List<StoreChange<T>>();
            lock (_content)
            {
                if (isServed == (_state != StoreState.Absent))
                    return;
                _state = isServed ? StoreState.Syncing : StoreState.Absent;
                foreach (var partition in _partitions)
                    (partition.IsSynced, partition.LastVersion) = (false, null);
                changes.AddRange(_objects.Keys.ToList().Select(Take));
                _waiters.Wake();
            }

            Tell(changes);
            TellState(isServed ? StoreState.Syncing : StoreState.Absent);
        }
    }

    private void Advance(StorePartition<T> partition, string? resourceVersion)
    {
        if (ResourceVersion.Parse(resourceVersion) is { } version && !(partition.LastVersion > version))
            partition.LastVersion = version;
        _waiters.Wake();
    }

    private void Put(T item, bool initial, List<StoreChange<T>> changes)
    {
        var key = ObjectKey.Of(item);
        if (_objects.TryGetValue(key, out var old))
        {
            if (old.Metadata.ResourceVersion is { } version && version == item.Metadata.ResourceVersion && old.Metadata.Uid == item.Metadata.Uid)
                return;
            if (old.Metadata.Uid != item.Metadata.Uid)
            {
                changes.Add(Take(key));
                old = null;
            }
        }

        _objects[key] = item;
        foreach (var index in _indexes.Values)
            index.Move(key, old, item);
        changes.Add(new StoreChange<T>(old is null ? StoreChangeKind.Added : StoreChangeKind.Updated, key, old, item, initial));
    }

    private StoreChange<T> Take(ObjectKey key)
    {
        _objects.Remove(key, out var old);
        foreach (var index in _indexes.Values)
            index.Move(key, old, null);
        return new StoreChange<T>(StoreChangeKind.Deleted, key, old, null, IsInitial: false);
    }

    private void Tell(List<StoreChange<T>> changes)
    {
        if (Changed is { } handlers)
            changes.ForEach(handlers);
    }
}
