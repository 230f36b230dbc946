using Microsoft.Extensions.Time.Testing;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>A clock that cannot be read while it is faulty: a mock that is served for the first time asks for its frequency, so that content meets a fault that nobody foresees.</summary>
internal sealed class FaultyClock : TimeProvider
{
    private readonly FakeTimeProvider _time = new();

    public bool IsFaulty { get; set; }

    public override long TimestampFrequency => IsFaulty ? throw new InvalidOperationException("a fault") : _time.TimestampFrequency;

    public override long GetTimestamp() => _time.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public void Advance(TimeSpan time) => _time.Advance(time);
}
