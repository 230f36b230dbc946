using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Content;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Bundles;

/// <summary>What nobody foresaw while mounted content is taken over, memory that was short for a moment for one.</summary>
public sealed class UnforeseenFaultTests : IDisposable
{
    private readonly MountedBundle _bundle = new();
    private readonly FaultyClock _clock = new();
    private readonly BundleFollower _follower;

    public UnforeseenFaultTests() => _follower = new BundleFollower(
        _bundle.BundlePath, _bundle.SecretsPath, new MockDirectory(), new RuntimeState(), new MockMetrics(), _clock, NullLogger<BundleFollower>.Instance);

    public void Dispose()
    {
        _follower.Dispose();
        _bundle.Dispose();
    }

    [Fact]
    public void Content_that_met_a_fault_is_told_and_tried_again()
    {
        _bundle.Publish("r1", "text");
        _clock.IsFaulty = true;
        _follower.Look();
        Assert.Contains("nobody foresaw (InvalidOperationException", _follower.Status.Current.Problem, StringComparison.Ordinal);
        Assert.Null(_follower.Status.Current.Revision);

        _clock.IsFaulty = false;
        _clock.Advance(FaultBackoff.First);
        _follower.Look();
        Assert.Equal(("r1", null), (_follower.Status.Current.Revision, _follower.Status.Current.Problem));
    }

    [Fact]
    public void Attempts_become_rarer()
    {
        var faults = new FaultBackoff(_clock);
        var delays = new List<TimeSpan>();
        while (delays.Count < 10)
        {
            TimeSpan delay = faults.Failed("content");
            delays.Add(delay);
            _clock.Advance(delay - TimeSpan.FromTicks(1));
            Assert.True(faults.Holds("content"));
            _clock.Advance(TimeSpan.FromTicks(1));
            Assert.False(faults.Holds("content"));
        }

        Assert.Equal([1, 2, 4, 8, 16, 32, 60, 60, 60, 60], delays.Select(static delay => delay.TotalSeconds));
    }

    [Fact]
    public void Other_content_does_not_wait_for_the_next_attempt()
    {
        _bundle.Publish("r1", "text");
        _clock.IsFaulty = true;
        _follower.Look();
        _clock.IsFaulty = false;
        _bundle.Publish("r2", "text");
        _follower.Look();

        Assert.Equal("r2", _follower.Status.Current.Revision);
    }
}
