namespace MockOperator.Operator.Tests.Cluster;

/// <summary>
/// A clock on which hardly any time passes, with timers that fire as they should: however slow the machine is, nothing has taken long enough to be worth a word in a
/// status, so the number of writes is the same on all.
/// </summary>
internal sealed class SlowClock : TimeProvider
{
    private const int Slowness = 100;
    private readonly DateTimeOffset _start = System.GetUtcNow();
    private readonly long _begun = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _start + (System.GetElapsedTime(_begun) / Slowness);
}
