namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The system's clock, but what was to happen in an hour happens in two seconds: the timed look at everything.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(2);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        System.CreateTimer(callback, state, dueTime > Long ? Soon : dueTime, period);
}
