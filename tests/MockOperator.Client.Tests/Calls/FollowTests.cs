using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using MockOperator.Client.Calls;
using MockOperator.Client.Tests.Cluster;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Tests.Calls;

public sealed class FollowTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2126, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly ConcurrentQueue<CallNews> _news = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Deadline _deadline = new();
    private FakeCluster _cluster = null!;
    private MockCalls _calls = null!;
    private Task _following = Task.CompletedTask;

    public async ValueTask InitializeAsync()
    {
        _cluster = await FakeCluster.StartAsync(pods: 2);
        _calls = _cluster.Calls(options: new MockCallsOptions { LookEvery = TimeSpan.FromMilliseconds(50) });
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _following.WaitAsync(TimeSpan.FromSeconds(30)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _calls.Dispose();
        await _cluster.DisposeAsync();
        _deadline.Dispose();
    }

    private CancellationToken Ends => _deadline.Token;

    [Fact]
    public async Task Calls_of_all_pods_are_told_from_now_on()
    {
        _cluster.Pods["shop-0"].Serve("before", Noon);
        await FollowAsync();

        for (var i = 0; i < 100; i++)
            _cluster.Pods[$"shop-{i % 2}"].Serve($"c{i}", Noon);

        await ToldAsync(Enumerable.Range(0, 100).Select(i => $"c{i}"));
        foreach (var pod in _cluster.Pods.Keys)
            Assert.Equal(_cluster.Pods[pod].Calls.Select(c => c.Id).Where(id => id != "before"), Served(pod));
    }

    [Fact]
    public async Task A_stream_that_breaks_again_and_again_loses_nothing_and_doubles_nothing()
    {
        await FollowAsync();
        for (var i = 0; i < 200; i++)
        {
            _cluster.Pods[$"shop-{i % 2}"].Serve($"c{i}", Noon.AddSeconds(i));
            if (i % 20 == 10)
                _cluster.Pods["shop-0"].BreakStreams();
            if (i % 50 == 49)
                await Eventually.HoldsAsync(() => _cluster.Pods["shop-0"].OpenStreams == 1, "the stream is open again");
        }

        await ToldAsync(Enumerable.Range(0, 200).Select(i => $"c{i}"));
        Assert.Equal(2, _news.OfType<CallNews.Followed>().Count());
        Assert.Empty(_news.OfType<CallNews.FellSilent>());
    }

    [Fact]
    public async Task A_stream_that_breaks_before_its_first_call_loses_none()
    {
        var pod = _cluster.Pods["shop-0"];
        pod.Serve("before", DateTimeOffset.UnixEpoch);
        await FollowAsync();
        pod.Instead = context =>
        {
            context.Abort();
            return Task.FromResult(true);
        };
        pod.BreakStreams();
        await SilentAsync("shop-0", Silence.Unreachable);

        pod.Serve("meanwhile", Noon);
        pod.Instead = _ => Task.FromResult(false);

        await ToldAsync(["meanwhile"]);
        Assert.Equal(2, _news.OfType<CallNews.Followed>().Count(n => n.Pod == "shop-0"));
    }

    [Fact]
    public async Task A_pod_that_comes_later_tells_all_its_calls_and_one_that_goes_is_left()
    {
        await FollowAsync();
        var late = await FakePod.StartAsync("shop-9");
        late.Serve("first", DateTimeOffset.UnixEpoch);
        late.Serve("second", Noon);
        _cluster.Pods["shop-9"] = late;
        await ToldAsync(["first", "second"]);
        late.Serve("third", Noon);
        await ToldAsync(["first", "second", "third"]);

        late.IsRunning = false;

        await Eventually.HoldsAsync(() => late.OpenStreams == 0, "the pod is left");
        _cluster.Pods["shop-0"].Serve("fourth", Noon);
        await ToldAsync(["first", "second", "third", "fourth"]);
        Assert.Empty(_news.OfType<CallNews.FellSilent>());
    }

    [Fact]
    public async Task A_silent_pod_is_told_once_and_followed_when_it_speaks()
    {
        var pod = _cluster.Pods["shop-0"];
        pod.IsListening = false;
        Follow();
        await SilentAsync("shop-0", Silence.NothingListens);
        await Eventually.HoldsAsync(() => _cluster.Forwards.Count(f => f == "shop-0") > 2, "it is tried again");
        Assert.Single(_news.OfType<CallNews.FellSilent>());

        pod.IsListening = true;

        await Eventually.HoldsAsync(() => _news.OfType<CallNews.Followed>().Any(n => n.Pod == "shop-0"), "it is followed");
        pod.Serve("c", Noon);
        await ToldAsync(["c"]);
    }

    [Fact]
    public async Task What_a_pod_could_not_tell_or_not_well_is_told_as_missed()
    {
        var pod = _cluster.Pods["shop-0"];
        var call = System.Text.Json.JsonSerializer.Serialize(pod.Serve("good", Noon), Resources.CallJson.Default.MockCall);
        pod.Instead = async context =>
        {
            if (context.Request.Path != "/calls/stream")
                return false;
            context.Response.ContentType = "text/event-stream";
            await context.Response.WriteAsync($"event: missed\ndata: 17\n\nevent: call\nid: bad\ndata: {{}}\n\nevent: news\ndata: x\n\nevent: call\nid: good\ndata: {call}\n\n");
            await context.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        await FollowAsync();

        await ToldAsync(["good"]);
        Assert.Equal([17, 1], _news.OfType<CallNews.Missed>().Select(n => n.Count));
    }

    [Fact]
    public async Task Who_may_not_list_pods_is_refused()
    {
        _cluster.Forbidden["pods"] = true;

        var failure = await Assert.ThrowsAsync<ApiException>(async () =>
        {
            await foreach (var _ in _calls.FollowAsync(CallFilter.All, _end.Token))
                Assert.Fail("nothing can be told");
        });

        Assert.Equal(ApiFailure.Forbidden, failure.Kind);
    }

    [Fact]
    public async Task Who_stops_leaves_no_connection()
    {
        await FollowAsync();

        await _end.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _following.WaitAsync(Ends));
        Assert.True(_following.IsCompleted);
        await Eventually.HoldsAsync(() => _cluster.Pods.Values.All(p => p.OpenStreams == 0), "the streams end");
    }

    [Fact]
    public async Task A_slow_reader_makes_the_pods_wait()
    {
        var gate = new TaskCompletionSource();
        var pod = _cluster.Pods["shop-0"];
        var call = System.Text.Json.JsonSerializer.Serialize(pod.Serve("c", Noon, new string('x', 10_000)), Resources.CallJson.Default.MockCall);
        long written = 0;
        pod.Instead = async context =>
        {
            if (context.Request.Path != "/calls/stream")
                return false;
            context.Response.ContentType = "text/event-stream";
            try
            {
                for (var i = 0; !context.RequestAborted.IsCancellationRequested; i++)
                {
                    await context.Response.WriteAsync($"event: call\nid: {i}\ndata: {call.Replace("\"c\"", $"\"c{i}\"", StringComparison.Ordinal)}\n\n", context.RequestAborted);
                    await context.Response.Body.FlushAsync(context.RequestAborted);
                    Interlocked.Exchange(ref written, i + 1);
                }
            }
            catch (OperationCanceledException)
            {
                // The reader left.
            }

            return true;
        };
        Follow(gate.Task);

        long before;
        do
        {
            before = Interlocked.Read(ref written);
            Assert.InRange(before, 0, 20_000);
            await Task.Delay(300, Ends);
        }
        while (before == 0 || Interlocked.Read(ref written) != before);
        gate.SetResult();
        await Eventually.HoldsAsync(() => Interlocked.Read(ref written) > before, "it goes on");
        await Eventually.HoldsAsync(() => Served("shop-0").Count() > 1500, "calls are told");
        Assert.Equal(Enumerable.Range(0, 1500).Select(i => $"c{i}"), Served("shop-0").Take(1500));
    }

    private void Follow(Task? gate = null) => _following = Task.Run(async () =>
    {
        await foreach (var one in _calls.FollowAsync(CallFilter.All, _end.Token))
        {
            _news.Enqueue(one);
            await (gate ?? Task.CompletedTask);
        }
    });

    private async Task FollowAsync()
    {
        Follow();
        await Eventually.HoldsAsync(() => _following.IsCompleted || _news.OfType<CallNews.Followed>().Count() == _cluster.Pods.Count, "all pods are followed");
    }

    private IEnumerable<string> Served(string pod) => _news.OfType<CallNews.Served>().Where(n => n.Pod == pod).Select(n => n.Call.Id);

    private async Task ToldAsync(IEnumerable<string> ids)
    {
        var expected = ids.Order(StringComparer.Ordinal).ToList();
        await Eventually.HoldsAsync(() => _news.OfType<CallNews.Served>().Count() >= expected.Count, $"{expected.Count} calls are told");
        Assert.Equal(expected, _news.OfType<CallNews.Served>().Select(n => n.Call.Id).Order(StringComparer.Ordinal));
    }

    private Task SilentAsync(string pod, Silence reason) =>
        Eventually.HoldsAsync(() => _news.OfType<CallNews.FellSilent>().Any(n => n.Pod == pod && n.What.Reason == reason), $"{pod} is told to be silent: {reason}");
}
