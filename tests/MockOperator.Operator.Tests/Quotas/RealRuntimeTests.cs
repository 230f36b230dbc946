using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Quotas;

/// <summary>The whole operator and the program that runs in pods, which talk over HTTP.</summary>
public sealed class RealRuntimeTests : IAsyncLifetime
{
    // Real processes by the real clock, and books that are written now and then.
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(90);

    private readonly FakeCluster _cluster = new();
    private readonly RuntimeProcesses _pods;
    private RunningOperator? _operator;

    public RealRuntimeTests() => _pods = new RuntimeProcesses(_cluster);

    private JsonNode? Status => _cluster.Find("mockquotas", "team")?["status"];

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, new FakeKubelet(_cluster), clock: TimeProvider.System, quotas: _pods);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        await _pods.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Exactly_as_many_calls_are_answered_as_the_quota_allows()
    {
        await StartAsync(calls: 500, replicas: 3);

        int[] answered = await Task.WhenAll(Enumerable.Range(0, 3).Select(pod => SpendAsync(pod)));

        Assert.Equal(500, answered.Sum());
        await Eventually.TrueAsync(() => (long?)Status?["used"] == 500, Told);
    }

    [Fact]
    public async Task The_last_call_of_a_pod_that_was_busy_until_a_moment_ago_goes_to_one_that_is_called()
    {
        await StartAsync(calls: 60, replicas: 2);
        int before = await SpendAsync(1, atMost: 14);

        int answered = await SpendAsync(0);

        Assert.Equal(60, before + answered);
    }

    private async Task StartAsync(int calls, int replicas)
    {
        _cluster.Put("mockquotas", "team", new JsonObject { ["spec"] = new JsonObject { ["calls"] = calls, ["period"] = "Month" } });

        // The processes serve the bundle that is there when they are first called: it must know of the quota.
        await Eventually.TrueAsync(() => (long?)Status?["limit"] == calls, Told);
        _cluster.Put("mockservers", "petstore", new JsonObject
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
        await Eventually.TrueAsync(() => _cluster.Find("pods", $"petstore-mock-{replicas - 1}") is not null, Told);
    }

    /// <summary>Calls a pod until it says that the limit is reached, or so many times.</summary>
    /// <returns>How many calls were answered.</returns>
    private async Task<int> SpendAsync(int pod, int atMost = int.MaxValue)
    {
        int answered = 0;
        await Eventually.TrueAsync(
            s_patience,
            async () =>
            {
                (HttpStatusCode status, string body) = await _pods.CallAsync($"petstore-mock-{pod}", "/pets");
                answered += status == HttpStatusCode.OK ? 1 : 0;
                return answered == atMost || (status == HttpStatusCode.TooManyRequests && body.Contains("usageLimitError", StringComparison.Ordinal));
            },
            () => $"{answered} answered by pod {pod}; {Told()}");
        return answered;
    }

    private string Told() => Status?.ToJsonString() ?? "no status";
}
