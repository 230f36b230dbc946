using Microsoft.Extensions.Time.Testing;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>A clock that stands still until it is advanced, and that says how many wait for it: where nobody does, nothing can happen later.</summary>
internal sealed class CountedTimers : FakeTimeProvider
{
    private int _pending;

    /// <summary>Timers that were made and not yet given up.</summary>
    public int Pending => Volatile.Read(ref _pending);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Interlocked.Increment(ref _pending);
        return new Counted(this, base.CreateTimer(callback, state, dueTime, period));
    }

    private sealed class Counted(CountedTimers clock, ITimer timer) : ITimer
    {
        private int _isGivenUp;

        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(dueTime, period);

        public void Dispose()
        {
            GiveUp();
            timer.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            GiveUp();
            return timer.DisposeAsync();
        }

        private void GiveUp()
        {
            if (Interlocked.Exchange(ref _isGivenUp, 1) == 0)
            {
                Interlocked.Decrement(ref clock._pending);
            }
        }
    }
}
