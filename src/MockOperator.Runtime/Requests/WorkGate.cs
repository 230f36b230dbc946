using System.Threading.Channels;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// Bounds how much long work is done at once, so that the threads of the pool stay free for the short: what comes when all places are taken waits its turn,
/// without a thread, and what comes when too many wait is turned away.
/// </summary>
/// <param name="running">Most that are done at once.</param>
/// <param name="waiting">Most that wait.</param>
internal sealed class WorkGate(int running, int waiting)
{
    /// <summary>Requests that wait for their turn to be worked on at length.</summary>
    private const int MostWaiting = 64;

    // Whoever works has put something in; whoever waits cannot, for as long as it is full.
    private readonly Channel<bool> _working = Channel.CreateBounded<bool>(running);
    private int _places = running + waiting;

    /// <summary>The gate of a process: one processor is left to everybody else, and many at once would only take much memory.</summary>
    public static WorkGate OfProcess() => new(Math.Clamp(Environment.ProcessorCount - 1, 1, 4), MostWaiting);

    /// <summary>Most that are done at once.</summary>
    public int Running => running;

    /// <summary>Waits until there is a place.</summary>
    /// <param name="cancellation">Fires when nobody wants the work any more.</param>
    /// <returns>False, at once, when too many wait.</returns>
    /// <exception cref="OperationCanceledException">Nobody wants it any more.</exception>
    public async ValueTask<bool> EnterAsync(CancellationToken cancellation)
    {
        if (Interlocked.Decrement(ref _places) < 0)
        {
            Interlocked.Increment(ref _places);
            return false;
        }

        try
        {
            await _working.Writer.WriteAsync(true, cancellation);
            return true;
        }
        catch (OperationCanceledException)
        {
            Interlocked.Increment(ref _places);
            throw;
        }
    }

    /// <summary>Gives the place back.</summary>
    public void Exit()
    {
        _working.Reader.TryRead(out _);
        Interlocked.Increment(ref _places);
    }
}
