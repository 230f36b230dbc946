namespace MockOperator.Cli.Tests.Cluster;

/// <summary>A clock that stands still, in UTC.</summary>
/// <param name="now">The time.</param>
/// <param name="hasTimers">Whether timers run all the same. Without them nothing is given up for taking long.</param>
internal sealed class FrozenTime(DateTimeOffset now, bool hasTimers = true) : TimeProvider
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        hasTimers ? base.CreateTimer(callback, state, dueTime, period) : base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
}
