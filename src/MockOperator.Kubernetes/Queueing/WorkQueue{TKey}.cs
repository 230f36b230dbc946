namespace MockOperator.Kubernetes.Queueing;

/// <summary>Keys that need work, each handed to one worker at a time.</summary>
/// <remarks>
/// <para>Promises: a key is with at most one worker (I1); a key added while it waits is handed out once; a key added while it is worked on is handed out again after
/// <see cref="Done"/> (so no event is lost, I2); of several delays the earliest counts; an immediate add does not wait for a delay; higher priority goes first,
/// within one priority first come, first served; memory is that of the keys waiting, worked on, delayed or failing (I7).</para>
/// <para>Does not promise: order between keys added to be handed out later, nor that a low priority is ever reached while higher ones keep coming.</para>
/// </remarks>
/// <typeparam name="TKey">The keys.</typeparam>
public sealed class WorkQueue<TKey> : IDisposable
    where TKey : notnull
{
    private readonly Lock _lock = new();
    private readonly TimeProvider _time;
    private readonly WorkQueueOptions _options;
    private readonly RetryBucket _retries;
    private readonly IWorkQueueObserver? _observer;
    private readonly Dictionary<TKey, Entry> _entries = [];
    private readonly PriorityQueue<(TKey Key, long Place), (int NegatedPriority, long Place)> _ready = new();
    private readonly PriorityQueue<(TKey Key, long At, long Place), (long At, long Place)> _delayed = new();
    private readonly SemaphoreSlim _available = new(0);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ITimer _timer;
    private long _place;
    private int _waiting;
    private int _working;
    private int _delays;

    /// <summary>Makes an empty queue.</summary>
    /// <param name="options">How to pace retries.</param>
    /// <param name="time">The clock of delays.</param>
    /// <param name="observer">Told of what happens.</param>
    public WorkQueue(WorkQueueOptions? options = null, TimeProvider? time = null, IWorkQueueObserver? observer = null)
    {
        _options = options ?? new WorkQueueOptions();
        _time = time ?? TimeProvider.System;
        _observer = observer;
        _retries = new RetryBucket(_options.RetriesPerSecond, _options.RetryBurst, _time);
        _timer = _time.CreateTimer(static queue => ((WorkQueue<TKey>)queue!).ReleaseDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The number of keys that wait to be taken.</summary>
    public int Depth
    {
        get
        {
            lock (_lock)
                return _waiting;
        }
    }

    /// <summary>The number of keys that the queue knows in any way.</summary>
    public int KnownKeys
    {
        get
        {
            lock (_lock)
                return _entries.Count;
        }
    }

    /// <summary>How much the heaps hold, stale places included.</summary>
    internal (int Ready, int Delayed) HeapSizes
    {
        get
        {
            lock (_lock)
                return (_ready.Count, _delayed.Count);
        }
    }

    private bool IsStopped => _stopped.Task.IsCompleted;

    /// <summary>Asks for work on a key now.</summary>
    /// <param name="key">The key.</param>
    /// <param name="priority">Its place; when it waits already, the higher counts.</param>
    public void Add(TKey key, QueuePriority priority = QueuePriority.Normal)
    {
        lock (_lock)
            AddLocked(key, priority);
    }

    /// <summary>Asks for work on a key later. Also a debounce: further calls before that time change nothing.</summary>
    /// <param name="key">The key.</param>
    /// <param name="delay">How long to wait; zero or less is now.</param>
    public void AddAfter(TKey key, TimeSpan delay)
    {
        lock (_lock)
        {
            if (delay <= TimeSpan.Zero)
                AddLocked(key, QueuePriority.Normal);
            else
                DelayLocked(key, delay);
        }
    }

    /// <summary>Notes a failure of a key and asks for work on it after a wait that grows with its failures in a row.</summary>
    /// <param name="key">The key.</param>
    public void AddRateLimited(TKey key)
    {
        lock (_lock)
        {
            if (IsStopped)
                return;
            var entry = EntryOf(key);
            var own = _options.Backoff.After(++entry.Failures);
            var common = _retries.Reserve();
            _observer?.Retried();
            DelayLocked(key, own > common ? own : common);
        }
    }

    /// <summary>Forgets the failures of a key.</summary>
    /// <param name="key">The key.</param>
    public void Forget(TKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry))
                return;
            entry.Failures = 0;
            Tidy(key, entry);
        }
    }

    /// <summary>The failures in a row of a key.</summary>
    /// <param name="key">The key.</param>
    /// <returns>The number.</returns>
    public int Failures(TKey key)
    {
        lock (_lock)
            return _entries.TryGetValue(key, out var entry) ? entry.Failures : 0;
    }

    /// <summary>Takes the next key; the taker must call <see cref="Done"/>.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The key and true; false once the queue is shut down.</returns>
    public async ValueTask<(bool Taken, TKey Key)> TakeAsync(CancellationToken cancellationToken = default)
    {
        await _available.WaitAsync(cancellationToken);
        lock (_lock)
        {
            if (IsStopped)
            {
                // Passed on, so that every taker wakes.
                _available.Release();
                return (false, default!);
            }

            while (true)
            {
                var (key, place) = _ready.Dequeue();
                // A key whose priority was raised stands in line twice; its older place is stale.
                if (!_entries.TryGetValue(key, out var entry) || entry.State != State.Waiting || entry.Place != place)
                    continue;
                entry.State = State.Working;
                _waiting--;
                _working++;
                var now = _time.GetTimestamp();
                _observer?.Taken(_waiting, _time.GetElapsedTime(entry.Since, now));
                entry.Since = now;
                return (true, key);
            }
        }
    }

    /// <summary>Ends the work on a key; if it was added meanwhile, it waits again.</summary>
    /// <param name="key">The key taken.</param>
    /// <exception cref="InvalidOperationException">No worker has this key.</exception>
    public void Done(TKey key)
    {
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out var entry) || entry.State != State.Working)
                throw new InvalidOperationException($"{key} is with no worker.");
            _working--;
            _observer?.Finished(_time.GetElapsedTime(entry.Since));
            entry.State = State.Idle;
            if (entry.Again is { } priority)
            {
                entry.Again = null;
                AddLocked(key, priority);
            }

            Tidy(key, entry);
            if (IsStopped && _working == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>Hands out nothing more: waiting keys are dropped, adds ignored, takers woken. Keys that are being worked on go on.</summary>
    public void ShutDown()
    {
        lock (_lock)
        {
            if (!_stopped.TrySetResult())
                return;
            _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _available.Release();
            if (_working == 0)
                _drained.TrySetResult();
        }
    }

    /// <summary>Shuts down and waits for the keys that are being worked on.</summary>
    /// <param name="timeout">The longest wait.</param>
    /// <returns>Whether all work ended in time.</returns>
    public async Task<bool> DrainAsync(TimeSpan timeout)
    {
        ShutDown();
        try
        {
            await _drained.Task.WaitAsync(timeout, _time);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    /// <summary>Shuts down.</summary>
    public void Dispose()
    {
        ShutDown();
        _timer.Dispose();
    }

    /// <summary>How long the keys now with workers have been there.</summary>
    /// <returns>The total and the longest.</returns>
    public (TimeSpan Total, TimeSpan Longest) UnfinishedWork()
    {
        lock (_lock)
        {
            TimeSpan total = default, longest = default;
            if (_working > 0)
            {
                var now = _time.GetTimestamp();
                foreach (var entry in _entries.Values.Where(e => e.State == State.Working))
                {
                    var spent = _time.GetElapsedTime(entry.Since, now);
                    total += spent;
                    longest = spent > longest ? spent : longest;
                }
            }

            return (total, longest);
        }
    }

    private Entry EntryOf(TKey key)
    {
        if (!_entries.TryGetValue(key, out var entry))
            _entries[key] = entry = new Entry();
        return entry;
    }

    private void AddLocked(TKey key, QueuePriority priority)
    {
        if (IsStopped)
            return;
        var entry = EntryOf(key);
        if (entry.State == State.Working)
        {
            if (entry.Again is null)
                _observer?.Added(_waiting);
            entry.Again = entry.Again is { } before && before > priority ? before : priority;
            return;
        }

        if (entry.State == State.Idle)
        {
            entry.State = State.Waiting;
            entry.Since = _time.GetTimestamp();
            StandInLine(key, entry, priority);
            _waiting++;
            _observer?.Added(_waiting);
            _available.Release();
        }
        else if (priority > entry.Priority)
        {
            StandInLine(key, entry, priority);
            if (_ready.Count > (2 * _waiting) + 16)
                SweepLine();
        }
    }

    private void StandInLine(TKey key, Entry entry, QueuePriority priority)
    {
        entry.Priority = priority;
        entry.Place = _place++;
        _ready.Enqueue((key, entry.Place), (-(int)priority, entry.Place));
    }

    /// <summary>A key whose priority was raised leaves its older place behind; when those outnumber the live ones, they are swept out.</summary>
    private void SweepLine()
    {
        var live = _ready.UnorderedItems
            .Where(i => _entries.TryGetValue(i.Element.Key, out var entry) && entry.State == State.Waiting && entry.Place == i.Element.Place).ToList();
        _ready.Clear();
        _ready.EnqueueRange(live);
    }

    private void DelayLocked(TKey key, TimeSpan delay)
    {
        if (IsStopped)
            return;
        var entry = EntryOf(key);
        var at = _time.GetTimestamp() + (long)((Int128)delay.Ticks * _time.TimestampFrequency / TimeSpan.TicksPerSecond);
        if (entry.DueAt is { } due && due <= at)
            return;
        if (entry.DueAt is null)
            _delays++;
        entry.DueAt = at;
        entry.DuePlace = _place++;
        _delayed.Enqueue((key, at, entry.DuePlace), (at, entry.DuePlace));
        SweepDelays();
        Arm();
    }

    private void ReleaseDue()
    {
        lock (_lock)
        {
            if (IsStopped)
                return;
            var now = _time.GetTimestamp();
            while (_delayed.TryPeek(out var item, out _) && item.At <= now)
            {
                _delayed.Dequeue();
                if (!_entries.TryGetValue(item.Key, out var entry) || entry.DueAt is null || entry.DuePlace != item.Place)
                    continue;
                entry.DueAt = null;
                _delays--;
                AddLocked(item.Key, QueuePriority.Normal);
            }

            Arm();
        }
    }

    private void Arm()
    {
        if (!_delayed.TryPeek(out var next, out _))
            return;
        var wait = TimeSpan.FromSeconds((next.At - _time.GetTimestamp()) / (double)_time.TimestampFrequency);
        // Rounded up, for a timer that fires early would have to be armed again.
        _timer.Change(wait > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds)) : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>A delay made earlier leaves its later twin behind; when they outnumber the live ones, they are swept out.</summary>
    private void SweepDelays()
    {
        if (_delayed.Count <= (2 * _delays) + 16)
            return;
        var live = _delayed.UnorderedItems.Where(i => _entries.TryGetValue(i.Element.Key, out var entry) && entry.DueAt is not null && entry.DuePlace == i.Element.Place).ToList();
        _delayed.Clear();
        _delayed.EnqueueRange(live);
    }

    private void Tidy(TKey key, Entry entry)
    {
        if (entry is { State: State.Idle, Failures: 0, DueAt: null })
            _entries.Remove(key);
    }

    private enum State
    {
        Idle,
        Waiting,
        Working,
    }

    private sealed class Entry
    {
        public State State { get; set; }

        public long Place { get; set; }

        public QueuePriority Priority { get; set; }

        public QueuePriority? Again { get; set; }

        public long? DueAt { get; set; }

        public long DuePlace { get; set; }

        public int Failures { get; set; }

        public long Since { get; set; }
    }
}
