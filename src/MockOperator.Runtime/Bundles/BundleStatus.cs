namespace MockOperator.Runtime.Bundles;

/// <summary>The current <see cref="BundleState"/> and a way to wait for the next. One writer, any number of readers.</summary>
internal sealed class BundleStatus
{
    private readonly Lock _gate = new();
    private BundleState _current = BundleState.Initial;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _waiting;

    /// <summary>The state now.</summary>
    public BundleState Current => Volatile.Read(ref _current);

    /// <summary>Whether somebody waits for a revision, so that the directory is worth a closer watch.</summary>
    public bool IsAwaited => Volatile.Read(ref _waiting) > 0;

    /// <summary>Called when somebody begins to wait.</summary>
    public Action? Awaited { get; set; }

    /// <summary>Replaces the state and wakes those who wait.</summary>
    public void Set(BundleState state)
    {
        TaskCompletionSource changed;
        lock (_gate)
        {
            Volatile.Write(ref _current, state);
            changed = _changed;
            _changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
    }

    /// <summary>Waits until a revision is served or cannot be.</summary>
    /// <returns>The state then, or when the time is up.</returns>
    /// <exception cref="OperationCanceledException">The one who waits has left.</exception>
    public async Task<BundleState> WaitAsync(string revision, TimeSpan timeout, TimeProvider time, CancellationToken cancellation)
    {
        Interlocked.Increment(ref _waiting);
        try
        {
            Awaited?.Invoke();
            using var deadline = new CancellationTokenSource(timeout, time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(deadline.Token, cancellation);
            while (true)
            {
                Task changed;
                BundleState state;
                lock (_gate)
                {
                    changed = _changed.Task;
                    state = _current;
                }

                if (state.Settles(revision))
                {
                    return state;
                }

                try
                {
                    await changed.WaitAsync(either.Token);
                }
                catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
                {
                    return Current;
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
