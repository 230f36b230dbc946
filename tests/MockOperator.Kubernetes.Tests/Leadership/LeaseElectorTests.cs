using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Kubernetes.Leadership;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Leadership;

public sealed class LeaseElectorTests
{
    private readonly FakeLeaseServer _server = new();

    [Fact]
    public async Task The_first_creates_the_lease_and_leads()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        Assert.Equal("a", _server.Current!.Spec.HolderIdentity);
        Assert.Equal(15, _server.Current!.Spec.LeaseDurationSeconds);
        Assert.NotEqual(0, _server.Current!.Spec.RenewTime!.Value.Ticks % TimeSpan.TicksPerSecond);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    public async Task A_lease_that_nobody_holds_is_taken_at_once(string? holder)
    {
        _server.Current = new V1Lease { Metadata = new() { Name = "x" }, Spec = holder is null ? null! : new V1LeaseSpec { HolderIdentity = holder, LeaseDurationSeconds = 1, LeaseTransitions = 3 } };
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync(moving: false);
        Assert.Equal(holder is null ? 1 : 4, _server.Current!.Spec!.LeaseTransitions);
    }

    [Fact]
    public async Task A_lease_of_another_is_taken_only_after_it_stood_still_for_its_duration_by_ones_own_clock()
    {
        // The times written in it are far in the past: clocks of machines are not compared.
        _server.Current = new V1Lease
        {
            Metadata = new() { Name = "x" },
            Spec = new V1LeaseSpec { HolderIdentity = "gone", LeaseDurationSeconds = 40, RenewTime = DateTime.UnixEpoch, AcquireTime = DateTime.UnixEpoch },
        };
        await using var a = new Candidate(_server, "a");
        await a.AdvanceAsync(TimeSpan.FromSeconds(38));
        Assert.False(a.Elector.IsLeader);
        await a.AdvanceAsync(TimeSpan.FromSeconds(8));
        await a.LeadsAsync();
    }

    [Fact]
    public async Task A_holder_that_renews_is_left_alone()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        await using var b = new Candidate(_server, "b");
        for (var i = 0; i < 120; i++)
        {
            await a.AdvanceAsync(TimeSpan.FromSeconds(1));
            await b.AdvanceAsync(TimeSpan.FromSeconds(1));
            Assert.True(a.Elector.IsLeader);
            Assert.False(b.Elector.IsLeader);
        }

        Assert.Equal("a", b.Elector.ObservedHolder);
    }

    [Fact]
    public async Task Whatever_the_clocks_do_two_never_lead_at_once()
    {
        foreach (var seed in Enumerable.Range(0, 4))
        {
            var server = new FakeLeaseServer();
            var random = new Random(seed);
            Candidate[] all = [new(server, "a"), new(server, "b"), new(server, "c")];
            // Clocks run at up to 10 % different speed; the margin between lease and renew deadline is a third.
            double[] speed = [1, 0.95 + (0.05 * random.NextDouble()), 1 + (0.05 * random.NextDouble())];
            var led = new HashSet<string>(StringComparer.Ordinal);
            for (var step = 0; step < 160; step++)
            {
                foreach (var (candidate, index) in all.Select((c, i) => (c, i)))
                {
                    if (random.Next(30) == 0)
                        candidate.Api.Refuses = !candidate.Api.Refuses;
                    await candidate.AdvanceAsync(TimeSpan.FromSeconds(0.5 * speed[index]));
                    if (candidate.Ended)
                        all[index] = await candidate.AgainAsync($"{(char)('a' + index)}{step}");
                }

                var leaders = all.Where(c => c.Elector.IsLeader).ToList();
                Assert.InRange(leaders.Count, 0, 1);
                led.UnionWith(leaders.Select(l => l.Api.Identity));
            }

            Assert.NotEmpty(led);
            foreach (var candidate in all)
                await candidate.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_leader_that_cannot_renew_stops_before_another_may_take_the_lease()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        a.Api.Refuses = true;
        await a.AdvanceAsync(TimeSpan.FromSeconds(9));
        Assert.True(a.Elector.IsLeader);
        await a.AdvanceAsync(TimeSpan.FromSeconds(2));
        Assert.False(a.Elector.IsLeader);
        Assert.Equal(LeadershipEnd.Lost, await a.EndAsync());
        Assert.True(a.WorkWasCancelled);
    }

    [Fact]
    public async Task A_renewal_that_comes_back_too_late_counts_for_nothing()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        a.Api.Before = new TaskCompletionSource();
        await a.AdvanceAsync(TimeSpan.FromSeconds(12));
        Assert.Equal(LeadershipEnd.Lost, await a.EndAsync());
        a.Api.Before.SetResult();
        await Eventually.SettleAsync();
        Assert.False(a.Elector.IsLeader);
    }

    [Fact]
    public async Task A_lease_taken_away_ends_leading_at_once()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        var stolen = _server.Current!;
        stolen.Spec.HolderIdentity = "thief";
        _server.Current = stolen;
        await a.AdvanceAsync(TimeSpan.FromSeconds(2.1));
        Assert.Equal(LeadershipEnd.Lost, await a.EndAsync());
        Assert.Equal("thief", _server.Current!.Spec.HolderIdentity);
    }

    [Fact]
    public async Task A_harmless_edit_by_another_does_not_cost_the_lease()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        var edited = _server.Current!;
        edited.Metadata.Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["x"] = "y" };
        _server.Current = edited;
        await a.AdvanceAsync(TimeSpan.FromSeconds(20));
        Assert.True(a.Elector.IsLeader);
        Assert.Equal("y", _server.Current!.Metadata.Labels["x"]);
    }

    [Fact]
    public async Task On_stop_the_lease_is_released_after_the_work_ended_and_another_leads_soon()
    {
        var a = new Candidate(_server, "a") { EndOfWork = new TaskCompletionSource() };
        await a.LeadsAsync();
        await a.StopAsync();
        await a.AdvanceAsync(TimeSpan.FromSeconds(20));
        // Still at work, so still renewed.
        Assert.Equal("a", _server.Current!.Spec.HolderIdentity);
        a.EndOfWork!.SetResult();
        Assert.Equal(LeadershipEnd.Stopped, await a.EndAsync());
        Assert.Equal("", _server.Current!.Spec.HolderIdentity);
        Assert.Equal(1, _server.Current!.Spec.LeaseDurationSeconds);
        await using var b = new Candidate(_server, "b");
        await b.LeadsAsync(moving: false);
        await a.DisposeAsync();
    }

    [Fact]
    public async Task Stopping_while_waiting_ends_at_once_and_writes_nothing()
    {
        await using var a = new Candidate(_server, "a");
        await a.LeadsAsync();
        var writes = _server.Writes;
        var b = new Candidate(_server, "b");
        await b.AdvanceAsync(TimeSpan.FromSeconds(3));
        await b.StopAsync();
        Assert.Equal(LeadershipEnd.Stopped, await b.EndAsync());
        Assert.Equal(writes, _server.Writes);
    }

    [Fact]
    public async Task A_lost_answer_to_a_create_does_not_lock_anybody_out()
    {
        await using var a = new Candidate(_server, "a", start: false);
        a.Api.After = new TaskCompletionSource();
        a.Start();
        await Eventually.HoldsAsync(() => _server.Current is not null, "the lease is created");
        await a.AdvanceAsync(TimeSpan.FromSeconds(11));
        Assert.False(a.Elector.IsLeader);
        a.Api.After.SetResult();
        a.Api.After = null;
        await a.LeadsAsync();
    }

    [Fact]
    public async Task A_fault_of_the_work_releases_the_lease_and_comes_out()
    {
        var a = new Candidate(_server, "a", start: false) { Fault = new InvalidOperationException("broken") };
        a.Start();
        await Assert.ThrowsAsync<InvalidOperationException>(() => a.EndAsync());
        Assert.Equal("", _server.Current!.Spec.HolderIdentity);
    }

    [Theory]
    [InlineData(10, 10, 2)]
    [InlineData(15, 2, 2)]
    [InlineData(15, 10, 0)]
    [InlineData(0.5, 0.3, 0.1)]
    public void Durations_that_do_not_fit_are_refused(double lease, double deadline, double retry)
    {
        var options = new LeaseOptions
        {
            Namespace = "x",
            Name = "x",
            Identity = "x",
            Duration = TimeSpan.FromSeconds(lease),
            RenewDeadline = TimeSpan.FromSeconds(deadline),
            RetryPeriod = TimeSpan.FromSeconds(retry),
        };
        Assert.Throws<ArgumentException>(() => new LeaseElector(options, _server.For("x"), NullLogger.Instance));
    }
}
