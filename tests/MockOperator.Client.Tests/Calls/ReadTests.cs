using System.Text;
using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Client.Calls;
using MockOperator.Client.Tests.Cluster;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Tests.Calls;

public sealed class ReadTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 2, 12, 0, 0, TimeSpan.Zero);

    private readonly Deadline _deadline = new();
    private FakeCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await FakeCluster.StartAsync(pods: 3);

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _deadline.Dispose();
    }

    private CancellationToken Ends => _deadline.Token;

    /// <summary>A call in a pod, some ticks after the one before it: many calls share a moment.</summary>
    private static readonly Gen<(int Pod, int Ticks)[]> Served = Gen.Select(Gen.Int[0, 2], Gen.Frequency((3, Gen.Const(0)), (2, Gen.Int[1, 3]), (1, Gen.Int[1_000, 100_000_000]))).Array[0, 120];

    [Fact]
    public async Task Every_call_of_all_pods_is_given_once_and_in_order_whatever_the_size_of_pages()
    {
        using var calls = _cluster.Calls();
        await Gen.Select(Served, Gen.Int[1, 40], Gen.Int[1, 3]).SampleAsync(
            async (served, limit, pods) =>
            {
                var all = Fill([.. served.Select(s => (s.Pod % pods, s.Ticks))]);

                Assert.Equal(all.Order(Comparer<MockCall>.Create(PodCall.Compare)).Select(c => c.Id), (await ReadAllAsync(calls, limit)).Select(c => c.Call.Id));
            },
            iter: 60,
            threads: 1);
    }

    [Fact]
    public async Task Calls_that_are_answered_meanwhile_neither_appear_nor_move_the_others()
    {
        using var calls = _cluster.Calls();
        await Gen.Select(Served, Gen.Int[1, 20], Gen.Int[0, 2].Array[1, 200]).SampleAsync(
            async (served, limit, later) =>
            {
                var all = Fill(served);
                var moment = Noon.AddDays(1);
                var n = 0;
                foreach (var pod in _cluster.Pods.Values)
                    pod.BeforePage = () => { };
                var first = await calls.ReadAsync(CallFilter.All, limit, null, Ends);
                foreach (var pod in _cluster.Pods.Values)
                {
                    pod.BeforePage = () =>
                    {
                        lock (all)
                        {
                            for (var i = 0; i < 7 && n < later.Length; i++)
                                _cluster.Pods[$"shop-{later[n]}"].Serve($"later-{n++}", moment = moment.AddTicks(n % 2));
                        }
                    };
                }

                var rest = first.Next is null ? [] : await ReadAllAsync(calls, limit, first.Next);

                Assert.Equal(all.Order(Comparer<MockCall>.Create(PodCall.Compare)).Select(c => c.Id), first.Calls.Concat(rest).Select(c => c.Call.Id));
            },
            iter: 40,
            threads: 1);
    }

    [Fact]
    public async Task Calls_that_arrive_while_a_page_is_read_are_given_once_or_not_at_all()
    {
        using var calls = _cluster.Calls();
        await Gen.Select(Served, Gen.Int[1, 60]).SampleAsync(
            async (served, limit) =>
            {
                var all = Fill(served);
                var n = 0;
                foreach (var pod in _cluster.Pods.Values)
                {
                    pod.BeforePage = () =>
                    {
                        var i = Interlocked.Increment(ref n);
                        if (i < 30)
                            pod.Serve($"later-{i:00}", Noon.AddDays(1).AddSeconds(i));
                    };
                }

                var given = await ReadAllAsync(calls, limit);

                Assert.Equal(all.Order(Comparer<MockCall>.Create(PodCall.Compare)).Select(c => c.Id), given.Select(c => c.Call.Id).Where(id => !id.StartsWith("later", StringComparison.Ordinal)));
                Assert.Equal(given.Count, given.Select(c => c.Call.Id).Distinct().Count());
                Assert.Equal(given.OrderBy(c => c.Call, Comparer<MockCall>.Create(PodCall.Compare)), given);
            },
            iter: 30,
            threads: 1);
    }

    [Fact]
    public async Task A_call_that_is_forgotten_between_pages_takes_no_other_with_it()
    {
        using var calls = _cluster.Calls();
        for (var i = 0; i < 9; i++)
            _cluster.Pods["shop-0"].Serve($"c{i}", Noon);
        var first = await calls.ReadAsync(CallFilter.All, 3, null, Ends);
        Assert.Equal(["c8", "c7", "c6"], first.Calls.Select(c => c.Call.Id));

        Assert.True((await calls.ForgetAsync("c6", Ends)).Value);

        Assert.Equal(["c5", "c4", "c3", "c2", "c1", "c0"], (await ReadAllAsync(calls, 3, first.Next)).Select(c => c.Call.Id));
    }

    [Fact]
    public async Task A_listing_says_where_calls_are_from_and_what_is_remembered()
    {
        using var calls = _cluster.Calls();
        _cluster.Pods["shop-1"].Serve("a", Noon);
        _cluster.Pods["shop-2"].Serve("b", Noon.AddSeconds(1));

        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);

        Assert.Equal([("shop-2", "b"), ("shop-1", "a")], listing.Calls.Select(c => (c.Pod, c.Call.Id)));
        Assert.Null(listing.Next);
        Assert.Empty(listing.Silent);
        Assert.Equal(3, listing.Pods);
        Assert.True(listing.OwnersAreKnown);
        Assert.Equal(2, listing.Remembered);
        Assert.Equal(9, listing.Dropped);
    }

    [Fact]
    public async Task The_filter_reaches_each_pod()
    {
        using var calls = _cluster.Calls();

        await calls.ReadAsync(
            new CallFilter { Since = Noon, Until = Noon.AddTicks(1), Method = "GET,PUT", Path = "/a b*", Status = "4xx", Outcome = "unmatched", Text = "ü&", Include = "request.body" }, 10, null, Ends);

        Assert.All(_cluster.Pods.Values, pod => Assert.Equal(
            "GET /calls?since=2026-01-02T12%3A00%3A00.0000000Z&until=2026-01-02T12%3A00%3A00.0000001Z&method=GET%2CPUT&path=%2Fa%20b%2A&status=4xx&outcome=unmatched&text=%C3%BC%26&include=request.body&limit=10",
            Assert.Single(pod.Asked)));
    }

    [Fact]
    public async Task Only_running_pods_of_the_mocks_own_Deployment_are_asked()
    {
        _cluster.Pods["shop-0"].Owner = ("ReplicaSet", "other", "of-other-set");
        _cluster.Pods["shop-1"].IsRunning = false;
        using var calls = _cluster.Calls();

        Assert.Equal(1, (await calls.ReadAsync(CallFilter.All, cancellationToken: Ends)).Pods);
        Assert.Empty(_cluster.Pods["shop-0"].Asked);
    }

    [Fact]
    public async Task Who_may_not_read_owners_is_given_what_the_labels_say()
    {
        _cluster.Forbidden["deployments"] = true;
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);

        Assert.Equal(3, listing.Pods);
        Assert.False(listing.OwnersAreKnown);
    }

    [Fact]
    public async Task Who_may_not_list_pods_is_refused()
    {
        _cluster.Forbidden["pods"] = true;
        using var calls = _cluster.Calls();

        Assert.Equal(ApiFailure.Forbidden, (await Assert.ThrowsAsync<ApiException>(() => calls.ReadAsync(CallFilter.All, cancellationToken: Ends))).Kind);
    }

    [Fact]
    public async Task Who_may_not_forward_ports_is_told_so_for_each_pod()
    {
        _cluster.Forbidden["portforward"] = true;
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);

        Assert.Equal(3, listing.Silent.Count);
        Assert.All(listing.Silent, s => Assert.Equal(Silence.Forbidden, s.Reason));
    }

    [Theory]
    [InlineData("gone", Silence.Gone)]
    [InlineData("deaf", Silence.NothingListens)]
    [InlineData("garbage", Silence.Unreadable)]
    [InlineData("null", Silence.Unreadable)]
    [InlineData("null call", Silence.Unreadable)]
    [InlineData("no calls", Silence.Unreadable)]
    [InlineData("null request", Silence.Unreadable)]
    [InlineData("endless", Silence.Unreadable)]
    [InlineData("404", Silence.Unreadable)]
    [InlineData("500", Silence.Refused)]
    [InlineData("announced too long", Silence.TooLong)]
    [InlineData("too long", Silence.TooLong)]
    [InlineData("broken", Silence.Unreachable)]
    public async Task A_pod_that_does_not_tell_is_named_and_the_others_tell(string how, Silence reason)
    {
        _cluster.Pods["shop-0"].Serve("a", Noon);
        _cluster.Pods["shop-2"].Serve("c", Noon.AddSeconds(-1));
        var pod = _cluster.Pods["shop-1"];
        pod.Serve("b", Noon);
        pod.IsListening = how != "deaf";
        if (how == "gone")
            _cluster.Trouble = p => p == pod ? "pod not found" : null;
        pod.Instead = async context =>
        {
            switch (how)
            {
                case "404" or "500":
                    context.Response.StatusCode = int.Parse(how);
                    break;
                case "announced too long":
                    context.Response.ContentLength = 1L << 40;
                    await context.Response.Body.WriteAsync(new byte[10]);
                    break;
                case "too long":
                    for (var i = 0; i < 1024; i++)
                        await context.Response.Body.WriteAsync(Enumerable.Repeat((byte)' ', 64 * 1024).ToArray(), context.RequestAborted);
                    break;
                case "broken":
                    await context.Response.WriteAsync("{");
                    await context.Response.Body.FlushAsync();
                    context.Abort();
                    break;
                default:
                    await context.Response.WriteAsync(how switch
                    {
                        "garbage" => "<html>",
                        "null call" => """{"calls":[null]}""",
                        "no calls" => """{"next":"x"}""",
                        "null request" => """{"calls":[{"id":"x","mock":"shop","servedAt":"2026-01-02T12:00:00Z","outcome":"matched","durationMilliseconds":1,"caller":{},"request":null,"response":{"status":200}}]}""",
                        "endless" => """{"calls":[],"next":"1"}""",
                        _ => how,
                    });
                    break;
            }

            return true;
        };
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: Ends).InTimeAsync("the listing");

        Assert.Equal(["a", "c"], listing.Calls.Select(c => c.Call.Id));
        var silent = Assert.Single(listing.Silent);
        Assert.Equal(("shop-1", reason), (silent.Pod, silent.Reason));
        Assert.NotEmpty(silent.Why);
    }

    [Fact]
    public async Task A_filter_that_a_pod_does_not_understand_is_told_in_its_words()
    {
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(new CallFilter { Status = "nonsense" }, cancellationToken: Ends);

        Assert.All(listing.Silent, s => Assert.Contains("'nonsense' is no status", s.Why, StringComparison.Ordinal));
        Assert.Equal(3, listing.Silent.Count(s => s.Reason == Silence.Refused));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_slow_pod_is_not_waited_for_for_ever(bool begins)
    {
        var time = new FakeTimeProvider();
        _cluster.Pods["shop-0"].Serve("a", Noon);
        _cluster.Pods["shop-1"].Instead = async context =>
        {
            if (begins)
            {
                await context.Response.WriteAsync("{");
                await context.Response.Body.FlushAsync();
            }

            await Task.Delay(Timeout.Infinite, context.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return true;
        };
        using var calls = _cluster.Calls(time, new MockCallsOptions { Patience = TimeSpan.FromMinutes(10) });

        var reading = calls.ReadAsync(CallFilter.All, cancellationToken: Ends);
        await Eventually.HoldsAsync(() => !_cluster.Pods["shop-1"].Asked.IsEmpty && _cluster.Pods["shop-0"].Answered == 1 && _cluster.Pods["shop-2"].Answered == 1, "the pods are asked");
        Assert.False(reading.IsCompleted);
        var listing = await reading.InTimeAsync("the listing", time, TimeSpan.FromSeconds(5));

        Assert.Equal(Silence.TooSlow, Assert.Single(listing.Silent).Reason);
        Assert.Single(listing.Calls);
    }

    [Fact]
    public async Task A_pod_that_goes_between_its_pages_keeps_what_it_told()
    {
        var pod = _cluster.Pods["shop-1"];
        for (var i = 0; i < 100; i++)
            pod.Serve($"b{i:00}", Noon.AddSeconds(i));
        _cluster.Pods["shop-0"].Serve("a", Noon.AddSeconds(-1));
        pod.BeforePage = () =>
        {
            if (pod.Asked.Count == 2)
                pod.EndAsync().GetAwaiter().GetResult();
        };
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(CallFilter.All, 90, null, Ends).InTimeAsync("the listing");

        Assert.Equal(Enumerable.Range(40, 60).Reverse().Select(i => $"b{i:00}").Append("a"), listing.Calls.Select(c => c.Call.Id));
        Assert.Equal(("shop-1", Silence.Unreachable), (Assert.Single(listing.Silent).Pod, listing.Silent[0].Reason));
    }

    [Fact]
    public async Task Long_calls_are_read_in_smaller_pages()
    {
        for (var i = 0; i < 12; i++)
            _cluster.Pods["shop-0"].Serve($"a{i:00}", Noon.AddSeconds(i), new string('x', 1024 * 1024));
        using var calls = _cluster.Calls();

        var listing = await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);

        Assert.Empty(listing.Silent);
        Assert.Equal(Enumerable.Range(0, 12).Reverse().Select(i => $"a{i:00}"), listing.Calls.Select(c => c.Call.Id));
    }

    [Fact]
    public async Task A_hundred_pods_are_asked_and_the_others_named()
    {
        // They share a process, as only their names matter.
        for (var i = 3; i < 103; i++)
            _cluster.Pods[$"shop-{i}"] = _cluster.Pods["shop-0"];
        _cluster.Forbidden["portforward"] = true;
        using var one = _cluster.Calls();
        var pods = await new MockPods(new ResourceClient(_cluster.Connect()), FakeCluster.Mock).FindAsync(Ends);

        Assert.Equal((100, 3), (pods.Pods.Count, pods.LeftOut.Count));
        var listing = await one.ReadAsync(CallFilter.All, cancellationToken: Ends);
        Assert.Equal(3, listing.Silent.Count(s => s.Reason == Silence.OneTooMany));
        Assert.Equal(103, listing.Pods);
    }

    [Fact]
    public async Task A_call_is_found_and_forgotten_where_it_is()
    {
        _cluster.Pods["shop-0"].Serve("a", Noon);
        _cluster.Pods["shop-1"].Serve("b/ü", Noon);
        _cluster.Pods["shop-2"].Serve("c", Noon);
        using var calls = _cluster.Calls();

        Assert.Equal(("shop-1", "b/ü"), await calls.FindAsync("b/ü", Ends) is { Value: { } call } ? (call.Pod, call.Call.Id) : default);
        Assert.Equal("request-body of b/ü", Encoding.UTF8.GetString((await calls.ReadBodyAsync("b/ü", CallSide.Request, Ends)).Value!.Bytes.Span));
        Assert.Equal("response-body of b/ü", Encoding.UTF8.GetString((await calls.ReadBodyAsync("b/ü", CallSide.Response, Ends)).Value!.Bytes.Span));
        Assert.Null((await calls.FindAsync("x", Ends)).Value);
        Assert.Null((await calls.ReadBodyAsync("x", CallSide.Request, Ends)).Value);
        Assert.False((await calls.ForgetAsync("x", Ends)).Value);
        Assert.True((await calls.ForgetAsync("b/ü", Ends)).Value);
        Assert.Equal((1, 0, 1), (_cluster.Pods["shop-0"].Calls.Length, _cluster.Pods["shop-1"].Calls.Length, _cluster.Pods["shop-2"].Calls.Length));
    }

    [Fact]
    public async Task All_pods_forget_and_the_one_that_cannot_be_asked_is_named()
    {
        foreach (var pod in _cluster.Pods.Values)
            pod.Serve("of " + pod.Name, Noon);
        _cluster.Pods["shop-2"].IsListening = false;
        using var calls = _cluster.Calls();

        var asked = await calls.ForgetAsync(Ends);

        Assert.Equal(2, asked.Value);
        Assert.Equal("shop-2", Assert.Single(asked.Silent).Pod);
        Assert.Equal(1, _cluster.Pods.Values.Sum(p => p.Calls.Length));
    }

    [Theory]
    [InlineData("!")]
    [InlineData("")]
    [InlineData("YWJj")]
    public async Task What_is_no_cursor_is_refused(string cursor)
    {
        using var calls = _cluster.Calls();

        await Assert.ThrowsAsync<FormatException>(() => calls.ReadAsync(CallFilter.All, 10, cursor, Ends));
    }

    [Fact]
    public async Task Connections_are_kept_for_pods_that_are_there_and_end_with_them()
    {
        using var calls = _cluster.Calls();
        for (var i = 0; i < 3; i++)
            await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);
        Assert.Equal(3, _cluster.Forwards.Count);

        _cluster.Pods["shop-0"].IsRunning = false;
        await calls.ReadAsync(CallFilter.All, cancellationToken: Ends);

        await Eventually.HoldsAsync(() => _cluster.OpenForwards == 2, "the pod's connection ends");
    }

    private List<MockCall> Fill((int Pod, int Ticks)[] served)
    {
        foreach (var pod in _cluster.Pods.Values)
        {
            pod.Clear();
            pod.BeforePage = () => { };
        }

        var all = new List<MockCall>();
        var moment = Noon;
        foreach (var (pod, ticks) in served)
        {
            moment = moment.AddTicks(ticks);
            all.Add(_cluster.Pods[$"shop-{pod}"].Serve($"c{all.Count:0000}", moment));
        }

        return all;
    }

    private async Task<List<PodCall>> ReadAllAsync(MockCalls calls, int limit, string? cursor = null)
    {
        var all = new List<PodCall>();
        do
        {
            var listing = await calls.ReadAsync(CallFilter.All, limit, cursor, Ends);
            Assert.Empty(listing.Silent);
            Assert.InRange(listing.Calls.Count, 0, limit);
            all.AddRange(listing.Calls);
            Assert.InRange(all.Count, 0, 1000);
            cursor = listing.Next;
        }
        while (cursor is not null);
        return all;
    }
}
