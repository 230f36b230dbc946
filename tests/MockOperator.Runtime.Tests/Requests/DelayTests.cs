using System.Net;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Requests;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class DelayTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_answer_is_held_for_the_delay_and_no_longer()
    {
        var time = new FakeTimeProvider();
        var gate = new DelayGate(time, capacity: 10);
        Task<bool> held = gate.HoldAsync(TimeSpan.FromSeconds(180), Cancel);
        time.Advance(TimeSpan.FromSeconds(179));
        Assert.False(held.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await held);
        Assert.Equal(0, gate.Held);
    }

    [Fact]
    public async Task Only_so_many_answers_are_held()
    {
        var time = new FakeTimeProvider();
        var gate = new DelayGate(time, capacity: 2);
        Task<bool> first = gate.HoldAsync(TimeSpan.FromSeconds(1), Cancel);
        Task<bool> second = gate.HoldAsync(TimeSpan.FromSeconds(1), Cancel);
        Assert.False(await gate.HoldAsync(TimeSpan.FromSeconds(1), Cancel));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(await first);
        Assert.True(await second);
        Assert.Equal(0, gate.Held);
    }

    [Fact]
    public async Task A_client_that_leaves_frees_its_place()
    {
        using var left = new CancellationTokenSource();
        var gate = new DelayGate(new FakeTimeProvider(), capacity: 1);
        Task<bool> held = gate.HoldAsync(TimeSpan.FromSeconds(1), left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held);
        Assert.Equal(0, gate.Held);
    }

    [Fact]
    public async Task Ten_times_as_many_delayed_requests_as_threads_end_together()
    {
        int clients = 10 * Math.Max(ThreadPool.ThreadCount, Environment.ProcessorCount);
        using var bundle = new MountedBundle();
        bundle.Publish("r1", Delayed(milliseconds: 300));
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        HttpResponseMessage[] responses = await Task.WhenAll(Enumerable.Range(0, clients).Select(_ => host.Mock.GetAsync("/", Cancel)));
        Assert.All(responses, static response => Assert.Equal(HttpStatusCode.OK, response.StatusCode));
        string metrics = await host.Admin.GetStringAsync("/metrics", Cancel);
        string injected = metrics.Split('\n').Single(static line => line.StartsWith("mock_injected_delay_seconds_total{", StringComparison.Ordinal));
        double seconds = double.Parse(injected[(injected.LastIndexOf(' ') + 1)..], System.Globalization.CultureInfo.InvariantCulture);
        // Timers count in whole milliseconds, so each may end a little early by a finer clock.
        Assert.True(seconds >= 0.29 * clients, injected);
    }

    [Fact]
    public async Task Too_many_delayed_requests_are_turned_away_with_a_hint()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", Delayed(milliseconds: 180_000));
        RuntimeHostOptions options = BundleHost.Loopback with { MaxDelayed = 1 };
        await using BundleHost host = await BundleHost.StartAsync(bundle, options);
        using var leave = new CancellationTokenSource();
        Task<HttpResponseMessage>[] calls = [host.Mock.GetAsync("/", leave.Token), host.Mock.GetAsync("/", leave.Token)];

        // Whichever comes first takes the only place; the other is answered at once.
        Task<HttpResponseMessage> refused = await Task.WhenAny(calls);
        using HttpResponseMessage response = await refused;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), response.Headers.RetryAfter!.Delta);
        await leave.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => calls.Single(call => call != refused));
    }

    private static MockDefinition Delayed(int milliseconds) =>
        MountedBundle.Definition(MountedBundle.Example("/", "late")) with { Delay = new DelaySpec { Fixed = $"{milliseconds}ms" } };
}
