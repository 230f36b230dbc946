using k8s;
using k8s.Models;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Turns changes in stores into reconciles.</summary>
/// <remarks>
/// <para>Promises: one reconcile at a time per object (I1); at least one that starts after each change that its sources let through (I2); none before all stores but optional ones are synced
/// and none after the token is cancelled (I4); one that fails is tried again for ever, with growing waits; one that hangs is cancelled; a fault in one object's
/// reconcile touches no other; a reconcile starts with the store at or past this controller's own last writes (<see cref="WriteTracker"/>).</para>
/// <para>Does not promise: to call once per change, in order, or with each intermediate state.</para>
/// </remarks>
/// <typeparam name="T">The primary kind.</typeparam>
public sealed partial class ControllerLoop<T> : IControllerLoop
    where T : class, IKubernetesObject<V1ObjectMeta>
{
    private readonly ControllerOptions _options;
    private readonly ResourceStore<T> _store;
    private readonly IReadOnlyList<ResourceStore> _awaited;
    private readonly IReadOnlyList<ControllerSource> _sources;
    private readonly Reconcile<T> _reconcile;
    private readonly WriteTracker _writes;
    private readonly TimeProvider _time;
    private readonly OperatorMetrics? _metrics;
    private readonly ILogger _log;
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, T> _deleted = [];
    private readonly Dictionary<ObjectKey, string> _known = [];
    private WorkQueue<ObjectKey>? _queue;
    private int _active;

    /// <summary>Makes a loop.</summary>
    /// <param name="options">Name, workers, waits.</param>
    /// <param name="store">The primary objects.</param>
    /// <param name="sources">What wakes objects.</param>
    /// <param name="awaited">Stores that must be synced before the first reconcile, besides the primary one.</param>
    /// <param name="reconcile">The controller.</param>
    /// <param name="writes">Remembers what reconciles wrote.</param>
    /// <param name="log">The log.</param>
    /// <param name="time">The clock.</param>
    /// <param name="metrics">Counts; null for nowhere.</param>
    public ControllerLoop(
        ControllerOptions options,
        ResourceStore<T> store,
        IReadOnlyList<ControllerSource> sources,
        IReadOnlyList<ResourceStore> awaited,
        Reconcile<T> reconcile,
        WriteTracker writes,
        ILogger log,
        TimeProvider? time = null,
        OperatorMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Workers is < 1 or > 64)
            throw new ArgumentException($"{options.Name}: {options.Workers} workers; 1 to 64 are allowed.", nameof(options));
        _options = options;
        _store = store;
        _sources = sources;
        _awaited = awaited;
        _reconcile = reconcile;
        _writes = writes;
        _log = log;
        _time = time ?? TimeProvider.System;
        _metrics = metrics;
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public TimeSpan LongestReconcile => _queue?.UnfinishedWork().Longest ?? TimeSpan.Zero;

    /// <inheritdoc/>
    public TimeSpan Timeout => _options.Timeout;

    /// <summary>Asks for a reconcile; ignored while the loop does not run.</summary>
    /// <param name="key">The object.</param>
    /// <param name="delay">How long to wait; null for now.</param>
    public void Enqueue(ObjectKey key, TimeSpan? delay = null) => _queue?.AddAfter(key, delay ?? TimeSpan.Zero);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        foreach (var store in _awaited.Append(_store))
            await store.WhenSyncedAsync(cancellationToken);

        using var queue = new WorkQueue<ObjectKey>(_options.Queue, _time, _metrics?.Controller(Name, _options.Workers));
        _metrics?.Watch(Name, queue);
        _queue = queue;
        // Before the feeds: whoever is woken by a deletion must find it remembered.
        _store.Changed += Remember;
        var feeds = _sources.Select(source => source((key, delay, priority) => Feed(queue, key, delay, priority))).ToList();
        try
        {
            // Subscribed first: what changes from here on is queued, what was there before is queued now.
            foreach (var key in _store.Keys)
                queue.Add(key, QueuePriority.Low);
            var resync = ResyncAsync(queue, cancellationToken);
            var workers = Enumerable.Range(0, _options.Workers).Select(_ => Task.Run(() => WorkAsync(queue, cancellationToken), CancellationToken.None)).ToList();
            await Task.Delay(System.Threading.Timeout.InfiniteTimeSpan, _time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (!await queue.DrainAsync(_options.DrainTimeout))
                LogLeftBehind(Name, _options.DrainTimeout.TotalSeconds);
            else
                await Task.WhenAll([.. workers, resync]);
        }
        finally
        {
            _store.Changed -= Remember;
            feeds.ForEach(feed => feed.Dispose());
            _queue = null;
            lock (_lock)
            {
                _deleted.Clear();
                _known.Clear();
            }
        }
    }

    private static void Feed(WorkQueue<ObjectKey> queue, ObjectKey key, TimeSpan delay, QueuePriority priority)
    {
        if (delay > TimeSpan.Zero)
            queue.AddAfter(key, delay);
        else
            queue.Add(key, priority);
    }

    /// <summary>Keeps the last state of deleted objects until their key was worked on.</summary>
    private void Remember(StoreChange<T> change)
    {
        if (change.Kind != StoreChangeKind.Deleted)
            return;
        // Of several that were deleted since the key was last worked on only the first was ever reconciled.
        lock (_lock)
            _deleted.TryAdd(change.Key, change.Old!);
        _queue?.Add(change.Key);
    }

    private async Task ResyncAsync(WorkQueue<ObjectKey> queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(_options.Resync * (0.9 + (0.2 * _options.Random.NextDouble())), _time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
                return;
            foreach (var key in _store.Keys)
                queue.Add(key, QueuePriority.Low);
        }
    }

    private async Task WorkAsync(WorkQueue<ObjectKey> queue, CancellationToken cancellationToken)
    {
        while (true)
        {
            var (taken, key) = await queue.TakeAsync(CancellationToken.None);
            if (!taken)
                return;
            try
            {
                _metrics?.ActiveWorkers.WithLabels(Name).Set(Interlocked.Increment(ref _active));
                // Cancelled between being taken and here: nothing starts any more (I4).
                if (!cancellationToken.IsCancellationRequested)
                    await ReconcileAsync(queue, key, cancellationToken);
            }
            finally
            {
                _metrics?.ActiveWorkers.WithLabels(Name).Set(Interlocked.Decrement(ref _active));
                queue.Done(key);
            }
        }
    }

    private async Task ReconcileAsync(WorkQueue<ObjectKey> queue, ObjectKey key, CancellationToken stop)
    {
        using var scope = _log.BeginScope(new Dictionary<string, object>(StringComparer.Ordinal) { ["controller"] = Name, ["object"] = key.ToString() });
        using var tooLong = new CancellationTokenSource(_options.Timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, tooLong.Token);
        var started = _time.GetTimestamp();
        var result = "error";
        try
        {
            await _writes.WaitAsync(Name, key, either.Token);
            var outcome = await RunOneAsync(key, either.Token);
            result = Settle(queue, key, outcome);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Leadership is lost or the process stops: whoever leads next looks at everything.
            return;
        }
        catch (OperationCanceledException) when (tooLong.IsCancellationRequested)
        {
            _metrics?.Timeouts.WithLabels(Name).Inc();
            LogTimeout(Name, key, _options.Timeout.TotalSeconds);
            queue.AddRateLimited(key);
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Conflict or ApiFailure.AlreadyExists)
        {
            // Somebody else was faster: look again soon, and no noise.
            _metrics?.Conflicts.WithLabels(ResourceKind.Of<T>().Kind).Inc();
            LogConflict(Name, key, e.Message);
            queue.AddRateLimited(key);
        }
        catch (ApiException e)
        {
            LogFailed(Name, key, e.Message, queue.Failures(key) + 1, null);
            queue.AddRateLimited(key);
        }
        catch (Exception e)
        {
            // A fault in one object's reconcile must not stop the others.
            _metrics?.Panics.WithLabels(Name).Inc();
            LogFailed(Name, key, e.Message, queue.Failures(key) + 1, e);
            queue.AddRateLimited(key);
        }

        _metrics?.ReconcileDuration.WithLabels(Name).Observe(_time.GetElapsedTime(started).TotalSeconds);
        _metrics?.Reconciles.WithLabels(Name, result).Inc();
        if (result == "error")
            _metrics?.ReconcileErrors.WithLabels(Name).Inc();
    }

    private async Task<ReconciliationResult<T>?> RunOneAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        T? last;
        lock (_lock)
            _deleted.Remove(key, out last);
        var current = _store.Get(key);
        // The store may have a successor already and be about to tell of the deletion: that wakes the key again.
        if (last is null && current is not null && IsSuccessor(key, current))
            return null;
        if (last is not null && last.Metadata.Uid != current?.Metadata.Uid)
        {
            var outcome = await RunDeletedAsync(key, last, cancellationToken);
            if (current is null && outcome.IsSuccess)
                Forget(key);
            if (current is null || !outcome.IsSuccess)
                return outcome;
        }

        if (current is null)
        {
            Forget(key);
            return null;
        }

        lock (_lock)
            _known[key] = current.Metadata.Uid;
        _writes.Begin();
        try
        {
            return await _reconcile(current, false, cancellationToken);
        }
        finally
        {
            _writes.End(Name, key);
        }
    }

    private void Forget(ObjectKey key)
    {
        lock (_lock)
            _known.Remove(key);
    }

    private bool IsSuccessor(ObjectKey key, T current)
    {
        lock (_lock)
            return _known.TryGetValue(key, out var uid) && uid != current.Metadata.Uid;
    }

    private async Task<ReconciliationResult<T>> RunDeletedAsync(ObjectKey key, T last, CancellationToken cancellationToken)
    {
        var done = false;
        try
        {
            var outcome = await _reconcile(last, true, cancellationToken);
            done = outcome.IsSuccess || outcome.IsTerminal;
            return outcome;
        }
        finally
        {
            if (!done)
            {
                // In the place of a successor that was deleted meanwhile and never reconciled.
                lock (_lock)
                    _deleted[key] = last;
            }
        }
    }

    /// <summary>What the outcome means for the queue; returns the value of the metric's label.</summary>
    private string Settle(WorkQueue<ObjectKey> queue, ObjectKey key, ReconciliationResult<T>? outcome)
    {
        if (outcome is null or { IsSuccess: true })
        {
            queue.Forget(key);
            if (outcome?.RequeueAfter is not { } after)
                return "success";
            queue.AddAfter(key, after);
            return "requeue_after";
        }

        if (outcome.IsTerminal)
        {
            queue.Forget(key);
            _metrics?.TerminalErrors.WithLabels(Name).Inc();
            LogTerminal(Name, key, outcome.ErrorMessage!);
        }
        else if (outcome.RequeueAfter is { } after)
        {
            LogFailed(Name, key, outcome.ErrorMessage!, queue.Failures(key) + 1, outcome.Error);
            queue.AddAfter(key, after);
        }
        else
        {
            LogFailed(Name, key, outcome.ErrorMessage!, queue.Failures(key) + 1, outcome.Error);
            queue.AddRateLimited(key);
        }

        return "error";
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Controller}: reconciling {Key} failed (attempt {Attempt}): {Why}")]
    private partial void LogFailed(string controller, ObjectKey key, string why, int attempt, Exception? fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Controller}: {Key} cannot be reconciled until it changes: {Why}")]
    private partial void LogTerminal(string controller, ObjectKey key, string why);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Controller}: {Key} was changed by others meanwhile: {Why}")]
    private partial void LogConflict(string controller, ObjectKey key, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Controller}: reconciling {Key} took longer than {Seconds} s and was cancelled")]
    private partial void LogTimeout(string controller, ObjectKey key, double seconds);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Controller}: reconciles still run {Seconds} s after the stop and are left behind")]
    private partial void LogLeftBehind(string controller, double seconds);
}
