using System.Collections.Concurrent;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Caching;

/// <summary>
/// Reading one's own writes: remembers what a reconcile wrote, and holds the next reconcile of the same object until the stores have seen it. Without it a
/// controller acts on a state older than its own last act: creates twice, writes a status back, loops.
/// </summary>
/// <remarks>
/// Promises: a reconcile never starts on a store that is known to be behind this controller's last writes, for at most <see cref="LongestWait"/>; then it starts anyway
/// (counted), for deterministic names and server-side apply keep that correct. Records go with their object (I7).
/// Does not promise: anything about writes of others.
/// </remarks>
/// <param name="time">The clock of waits.</param>
/// <param name="metrics">Counts waits that ran out; null for nowhere.</param>
public sealed class WriteTracker(TimeProvider? time = null, OperatorMetrics? metrics = null) : IWriteObserver
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;
    private readonly AsyncLocal<WriteRecord?> _current = new();
    private readonly ConcurrentDictionary<(string Controller, ObjectKey Key), WriteRecord> _pending = new();
    private readonly ConcurrentBag<ResourceStore> _stores = [];

    /// <summary>The longest that a reconcile waits for the stores.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The number of objects whose last writes are remembered.</summary>
    public int Count => _pending.Count;

    /// <summary>Adds a store that writes are looked for in.</summary>
    /// <param name="store">The store.</param>
    public void Follow(ResourceStore store) => _stores.Add(store);

    /// <summary>Begins a reconcile: writes made in this flow of control belong to it.</summary>
    internal void Begin() => _current.Value = new WriteRecord();

    /// <summary>Ends a reconcile: its writes are kept for the next one of that object.</summary>
    internal void End(string controller, ObjectKey key)
    {
        if (_current.Value is { IsEmpty: false } record)
            _pending[(controller, key)] = record;
        _current.Value = null;
    }

    /// <summary>Waits until the stores have seen what the last reconcile of an object wrote.</summary>
    internal async Task WaitAsync(string controller, ObjectKey key, CancellationToken cancellationToken)
    {
        if (!_pending.TryRemove((controller, key), out var record))
            return;

        var started = _time.GetTimestamp();
        foreach (var write in record.Writes)
        {
            foreach (var store in _stores.Where(s => s.Covers(write.Kind, write.Labels)))
            {
                var left = LongestWait - _time.GetElapsedTime(started);
                left = left > TimeSpan.Zero ? left : TimeSpan.Zero;
                var seen = write.Version is { } version
                    ? store.WhenAtLeastAsync(write.Key.Namespace, version, left, cancellationToken)
                    : store.WhenDeletedAsync(write.Key, write.Uid, left, cancellationToken);
                if (!await seen)
                    metrics?.StaleReads.WithLabels(write.Kind.Kind).Inc();
            }
        }
    }

    /// <inheritdoc />
    public void Record(ResourceKind kind, IKubernetesObject<V1ObjectMeta> written)
    {
        if (_current.Value is { } record && ResourceVersion.Parse(written.Metadata.ResourceVersion) is { } version)
            record.Add(new Write(kind, ObjectKey.Of(written), written.Metadata.Uid, version, written.Metadata.Labels));
    }

    /// <inheritdoc />
    public void RecordDelete(ResourceKind kind, ObjectKey key, string? uid) => _current.Value?.Add(new Write(kind, key, uid, null, null));

    private sealed record Write(ResourceKind Kind, ObjectKey Key, string? Uid, ulong? Version, IDictionary<string, string>? Labels);

    private sealed class WriteRecord
    {
        // Children may be written in parallel.
        private readonly ConcurrentQueue<Write> _writes = new();

        public bool IsEmpty => _writes.IsEmpty;

        public IEnumerable<Write> Writes => _writes;

        public void Add(Write write) => _writes.Enqueue(write);
    }
}
