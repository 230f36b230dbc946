namespace MockOperator.Operator.Tests.Cluster;

/// <summary>A clock on which time passes twenty times as fast, timers included: what happens within half a minute is seen in two seconds.</summary>
internal sealed class FastClock : TimeProvider
{
    private const int Speed = 20;
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _begun = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_begun) * Speed);

    public override long GetTimestamp() => _begun + ((System.GetTimestamp() - _begun) * Speed);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new QuickTimer(System.CreateTimer(callback, state, Quicker(dueTime), Quicker(period)));

    private static TimeSpan Quicker(TimeSpan time) => time > TimeSpan.Zero ? time / Speed : time;

    /// <summary>A timer that stays quick when it is set again, as the timers of queues are.</summary>
    private sealed class QuickTimer(ITimer timer) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Quicker(dueTime), Quicker(period));

        public void Dispose() => timer.Dispose();

        public ValueTask DisposeAsync() => timer.DisposeAsync();
    }
}
