namespace MockOperator.Runtime.Requests;

/// <summary>Holds answers back for a while, by timers and without a thread, and only so many at once.</summary>
internal sealed class DelayGate(TimeProvider time, int capacity)
{
    /// <summary>Answers held at once unless said otherwise.</summary>
    public const int DefaultCapacity = 4096;
    private int _held;

    /// <summary>Number of answers being held.</summary>
    public int Held => Volatile.Read(ref _held);

    /// <summary>Waits.</summary>
    /// <param name="delay">How long.</param>
    /// <param name="cancellation">Fires when the client leaves.</param>
    /// <returns>False, at once, when too many are being held.</returns>
    /// <exception cref="OperationCanceledException">The client left.</exception>
    public async Task<bool> HoldAsync(TimeSpan delay, CancellationToken cancellation)
    {
        if (Interlocked.Increment(ref _held) > capacity)
        {
            Interlocked.Decrement(ref _held);
            return false;
        }

        try
        {
            await Task.Delay(delay, time, cancellation);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref _held);
        }
    }
}
