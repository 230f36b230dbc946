namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Where the control port hands a pushed bundle to the follower, which alone changes what is served. It holds one push at a time, so that what all of them
/// take together is what one may take.
/// </summary>
/// <param name="arrived">Called when there is something to take.</param>
internal sealed class PushSlot(Action arrived) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private PendingPush? _pending;
    private volatile bool _isClosed;

    /// <summary>Waits for the turn; whoever has it may take memory for a bundle.</summary>
    /// <exception cref="OperationCanceledException">It did not come in time.</exception>
    public Task EnterAsync(CancellationToken cancellation) => _turn.WaitAsync(cancellation);

    /// <summary>Gives the turn to the next.</summary>
    public void Leave() => _turn.Release();

    /// <summary>Hands in a bundle, with the turn, and waits until it is served or cannot be.</summary>
    /// <returns>Why it is not served; null when it is.</returns>
    /// <exception cref="OperationCanceledException">The sender has left. A bundle that was not taken by then never is.</exception>
    public async Task<PushRefusal?> HandInAsync(BundlePush push, CancellationToken cancellation)
    {
        var pending = new PendingPush(push);
        Volatile.Write(ref _pending, pending);
        try
        {
            if (_isClosed)
            {
                return PushRefusal.Unavailable;
            }

            arrived();
            return await pending.Outcome.WaitAsync(cancellation);
        }
        finally
        {
            Interlocked.CompareExchange(ref _pending, null, pending);
        }
    }

    /// <summary>Takes what was handed in; null when there is nothing. Who takes it must settle it.</summary>
    public PendingPush? Take() => Interlocked.Exchange(ref _pending, null);

    /// <summary>Refuses what was handed in and whatever will be.</summary>
    public void Close()
    {
        _isClosed = true;
        Take()?.Settle(PushRefusal.Unavailable);
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();
}
