using System.Text.Json.Nodes;
using MockOperator.Operator.Quotas;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Quotas;

/// <summary>The whole operator, a quota and pods that keep to what they are granted.</summary>
public sealed class CountedMockTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FastClock _clock = new();
    private RunningOperator? _operator;

    public CountedMockTests() => _kubelet = new FakeKubelet(_cluster);

    private JsonNode? Calls => _cluster.Find("mockservers", "petstore")?["status"]?["calls"];

    private JsonNode? Status => _cluster.Find("mockquotas", "team")?["status"];

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Pods_answer_exactly_as_many_calls_as_the_quota_allows_and_are_then_told_that_it_is_reached()
    {
        Quota(100);
        Mock("petstore", replicas: 3);

        await SpendAsync("petstore-mock-0", "petstore-mock-1", "petstore-mock-2");

        Assert.Equal(100, _kubelet.Counting.Answered);
        await Eventually.TrueAsync(() => (long?)Status?["used"] == 100, Told);
        Assert.Equal((100, 0, 0), ((long?)Status!["limit"], (long?)Status["remaining"], (long?)Status["lost"]));
        Assert.Equal("LimitReached", Reason("WithinLimit"));
        Assert.Equal("Reached", Reason("Warning"));
        Assert.Equal(100, (long?)Status["mocks"]![0]!["calls"]);
    }

    [Fact]
    public async Task A_mock_tells_its_calls_of_the_period_and_a_restart_writes_nothing_of_it()
    {
        Quota(1000);
        Mock("petstore", replicas: 1);
        await Eventually.TrueAsync(() => (long?)Calls?["answered"] == 0 && Calls["resetsAt"] is null, Told);

        for (int call = 0; call < 40; call++)
        {
            await Eventually.TrueAsync(() => _kubelet.Counting.TryCall("petstore-mock-0"), Told);
        }

        await Eventually.TrueAsync(() => (long?)Calls?["answered"] == 40, Told);
        Assert.Equal(("team", (string?)Status!["resetsAt"]), ((string?)Calls!["quota"], (string?)Calls["resetsAt"]));
        await _operator!.DisposeAsync();
        int writes = MockWrites();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: new FastClock());
        int exchanges = _kubelet.Counting.Exchanges;
        await Eventually.TrueAsync(() => _kubelet.Counting.Exchanges >= exchanges + 4, Told);
        Assert.Equal((writes, 40), (MockWrites(), (int?)Calls?["answered"]));
    }

    [Fact]
    public async Task Calls_without_end_cost_a_mock_one_write_a_minute()
    {
        Quota(1_000_000);
        Mock("petstore", replicas: 1);
        await Eventually.TrueAsync(() => (long?)Calls?["answered"] == 0, Told);
        int before = MockWrites();
        DateTimeOffset begun = _clock.GetUtcNow();
        await Eventually.TrueAsync(
            TimeSpan.FromMinutes(2),
            () =>
            {
                _kubelet.Counting.TryCall("petstore-mock-0");
                return Task.FromResult(MockWrites() >= before + 3);
            },
            Told);

        // The first of the three may have been due already.
        Assert.InRange(_clock.GetUtcNow() - begun, 1.9 * MockCalls.Pace, TimeSpan.MaxValue);
    }

    [Fact]
    public async Task What_one_pod_holds_idle_goes_to_another_that_has_calls()
    {
        Quota(60);
        Mock("petstore", replicas: 2);
        await Eventually.TrueAsync(() => _kubelet.Counting.TryCall("petstore-mock-1"), Told);

        _kubelet.Counting.Rest("petstore-mock-1");

        await Eventually.TrueAsync(
            () =>
            {
                _kubelet.Counting.TryCall("petstore-mock-0");
                return _kubelet.Counting.IsRefused("petstore-mock-0");
            },
            Told);

        Assert.Equal(60, _kubelet.Counting.Answered);
    }

    [Fact]
    public async Task A_limit_that_is_raised_lets_pods_go_on()
    {
        Quota(10);
        Mock("petstore", replicas: 1);
        await SpendAsync("petstore-mock-0");
        Assert.Equal(10, _kubelet.Counting.Answered);

        Quota(25);

        await Eventually.TrueAsync(() => !_kubelet.Counting.IsRefused("petstore-mock-0"), Told);
        await SpendAsync("petstore-mock-0");
        Assert.Equal(25, _kubelet.Counting.Answered);
    }

    [Fact]
    public async Task A_limit_that_is_lowered_takes_back_what_pods_hold()
    {
        Quota(1000);
        Mock("petstore", replicas: 2);
        await Eventually.TrueAsync(() => _kubelet.Counting.TryCall("petstore-mock-0") && _kubelet.Counting.TryCall("petstore-mock-1"), Told);

        Quota(2);

        await Eventually.TrueAsync(() => (long?)Status?["limit"] == 2 && (long?)Status["granted"] == 0, Told);
        int before = _kubelet.Counting.Answered;
        await SpendAsync("petstore-mock-0", "petstore-mock-1");
        Assert.Equal(before, _kubelet.Counting.Answered);
    }

    [Fact]
    public async Task What_a_pod_gives_back_at_its_end_is_not_lost_and_what_it_takes_along_is()
    {
        Quota(1000);
        Mock("petstore", replicas: 2);
        await Eventually.TrueAsync(() => _kubelet.Counting.TryCall("petstore-mock-0") && _kubelet.Counting.TryCall("petstore-mock-1"), Told);
        _kubelet.Counting.Drain("petstore-mock-1");
        await Eventually.TrueAsync(() => (long?)Status?["used"] >= 1 && Status["ledger"]!["holders"]!.AsArray().Count == 1, Told);
        long held = (long)Status!["granted"]!;

        Mock("petstore", replicas: 0);

        await Eventually.TrueAsync(() => Status["ledger"]!["holders"]!.AsArray().Count == 0 && (long?)Status["lost"] > 0, Told);
        Assert.True((long)Status["lost"]! <= held, Told());
        Assert.Equal(1000, (long)Status["used"]! + (long)Status["lost"]! + (long)Status["remaining"]!);
    }

    [Fact]
    public async Task A_restart_of_the_operator_grants_nothing_twice_and_writes_nothing()
    {
        Quota(50);
        Mock("petstore", replicas: 2);
        await SpendAsync("petstore-mock-0", "petstore-mock-1");
        await Eventually.TrueAsync(() => (long?)Status?["used"] == 50, Told);
        await _operator!.DisposeAsync();
        int writes = Writes();

        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: new FastClock());

        int exchanges = _kubelet.Counting.Exchanges;
        await Eventually.TrueAsync(() => _kubelet.Counting.Exchanges >= exchanges + 4, Told);
        await SpendAsync("petstore-mock-0", "petstore-mock-1");
        Assert.Equal(50, _kubelet.Counting.Answered);
        Assert.Equal(writes, Writes());
    }

    [Fact]
    public async Task A_status_that_is_cleared_by_hand_is_written_again()
    {
        Quota(50);
        Mock("petstore", replicas: 1);
        await Eventually.TrueAsync(() => _kubelet.Counting.TryCall("petstore-mock-0"), Told);

        _cluster.Put("mockquotas", "team", [], []);

        await SpendAsync("petstore-mock-0");
        Assert.Equal(50, _kubelet.Counting.Answered);
        await Eventually.TrueAsync(() => (long?)Status?["used"] == 50, Told);
    }

    [Fact]
    public async Task A_fault_that_nobody_expected_ends_the_keeping_of_no_quota()
    {
        int faults = 0;
        _cluster.Read = path =>
        {
            if (path.Contains("mockquotas/team", StringComparison.Ordinal) && Interlocked.Increment(ref faults) <= 2)
            {
                throw faults == 1 ? new InvalidOperationException("nobody expected this") : new OperationCanceledException("nor this");
            }
        };
        Quota(100);
        Mock("petstore", replicas: 1);
        await SpendAsync("petstore-mock-0");
        Assert.Equal((100, true), (_kubelet.Counting.Answered, faults > 2));
    }

    [Fact]
    public async Task A_quota_that_is_made_again_counts_anew()
    {
        Quota(10);
        Mock("petstore", replicas: 1);
        await SpendAsync("petstore-mock-0");

        _cluster.Remove("mockquotas", "team");
        Quota(7);

        await Eventually.TrueAsync(() => (long?)Status?["limit"] == 7 && (long?)Status["granted"] > 0, Told);
        Assert.Equal(0, (long?)Status!["used"]);
    }

    private void Quota(long calls) =>
        _cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = new JsonObject { ["calls"] = calls, ["period"] = "Month" } });

    private void Mock(string name, int replicas) => _cluster.Put("mockservers", name, new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["replicas"] = replicas,
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject
                {
                    ["name"] = "/pets",
                    ["request"] = new JsonObject { ["method"] = "GET", ["path"] = "/pets" },
                    ["response"] = new JsonObject { ["body"] = "one" },
                }),
            },
        },
    });

    private async Task SpendAsync(params string[] pods)
    {
        int turn = 0;
        await Eventually.TrueAsync(
            () =>
            {
                string pod = pods[turn++ % pods.Length];
                while (_kubelet.Counting.TryCall(pod))
                {
                }

                return pods.All(_kubelet.Counting.IsRefused) && !pods.Any(_kubelet.Counting.TryCall);
            },
            Told);
    }

    private string Reason(string type) => (string)Status!["conditions"]!.AsArray().Single(condition => (string?)condition!["type"] == type)!["reason"]!;

    private int MockWrites() => _cluster.Writes.Count(static write => write.Contains("mockservers", StringComparison.Ordinal));

    private int Writes() => _cluster.Writes.Count(static write => write.Contains("mockquotas", StringComparison.Ordinal));

    private string Told() => $"{_kubelet.Counting.Answered} answered: {Status?.ToJsonString()}";
}
