using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Quotas;

public class CountedCallsTests(TestCluster cluster)
{
    [Fact]
    public async Task Four_pods_answer_exactly_as_many_calls_as_their_quota_allows()
    {
        await using var space = await cluster.NamespaceAsync("counted");
        await ApplyAsync(space, calls: 3000, replicas: 4);
        await space.ReadyAsync("petstore");

        var (answered, others) = await SpendAsync(space);

        var status = await UsedUpAsync(space, 3000);
        Console.WriteLine($"a quota of 3000 calls, 4 pods: {answered} answered, {(long?)status["used"]} counted, {(long?)status["lost"]} lost, {(long?)status["ledger"]!["serial"]} writes; other answers: {others}");
        Assert.Equal((3000, 3000L, 0L), (answered, (long?)status["used"], (long?)status["lost"]));
        Assert.Contains("USED", await cluster.KubectlAsync("-n", space.Name, "get", "mockquota"), StringComparison.Ordinal);

        await ApplyAsync(space, calls: 3100, replicas: 4);
        (answered, _) = await SpendAsync(space);
        status = await UsedUpAsync(space, 3100);
        Assert.Equal((100, 3100L), (answered, (long?)status["used"]));
    }

    [Fact]
    public async Task However_pods_and_the_operator_are_killed_no_more_calls_are_answered_than_allowed()
    {
        await using var space = await cluster.NamespaceAsync("killed");
        await ApplyAsync(space, calls: 4000, replicas: 4);
        await space.ReadyAsync("petstore");

        var spending = SpendAsync(space);
        for (var kill = 0; kill < 3 && !spending.IsCompleted; kill++)
        {
            var pods = (await cluster.Api.ListAsync(space.Path("Pod"))).Select(static pod => pod!["metadata"]!["name"]!.GetValue<string>()).ToList();
            await cluster.KubectlAsync("-n", space.Name, "delete", "pod", pods[kill % pods.Count], "--grace-period=0", "--force");
            if (kill == 1)
                await cluster.KubectlAsync("-n", "mock-operator-system", "delete", "pod", "--all", "--grace-period=0", "--force");

            await Task.WhenAny(spending, Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken));
        }

        var (answered, others) = await spending;
        var status = await UsedUpAsync(space, 4000);
        var lost = status["lost"]!.GetValue<long>();
        Console.WriteLine($"a quota of 4000 calls, 3 pods and the operator killed: {answered} answered, {(long?)status["used"]} counted, {lost} lost; other answers: {others}");
        Assert.InRange(answered, 4000 - lost, 4000);
    }

    private static Task ApplyAsync(MockNamespace space, long calls, int replicas) => space.ApplyAsync($$$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockQuota
        metadata: {name: team}
        spec: {calls: {{{calls}}}, period: Month}
        ---
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
          replicas: {{{replicas}}}
          collection: {examples: [{name: pets, request: {method: GET, path: /pets}, response: {status: 200, json: []}}]}
        """);

    /// <summary>Calls until all is spent: no caller is answered for two seconds.</summary>
    private static async Task<(int Answered, string Others)> SpendAsync(MockNamespace space)
    {
        using var door = await space.DoorAsync("petstore");
        var answered = 0;
        var others = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var lastAnswer = Environment.TickCount64;
        var end = Environment.TickCount64 + 120_000;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (Environment.TickCount64 - Volatile.Read(ref lastAnswer) < 4000 && Environment.TickCount64 < end)
            {
                try
                {
                    using var response = await door.GetAsync("pets", TestContext.Current.CancellationToken);
                    if (response.StatusCode == HttpStatusCode.OK)
                    {
                        Interlocked.Increment(ref answered);
                        Volatile.Write(ref lastAnswer, Environment.TickCount64);
                        continue;
                    }

                    var error = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["error"]!["name"]!.GetValue<string>();
                    others.AddOrUpdate($"{(int)response.StatusCode} {error}", 1, static (_, count) => count + 1);
                }
                catch (Exception lost) when (lost is HttpRequestException or OperationCanceledException or System.Text.Json.JsonException)
                {
                    others.AddOrUpdate("none", 1, static (_, count) => count + 1);
                }

                await Task.Delay(20, TestContext.Current.CancellationToken);
            }
        }));
        return (answered, string.Join(", ", others.Select(static other => $"{other.Value} {other.Key}")));
    }

    private Task<JsonObject> UsedUpAsync(MockNamespace space, long calls) => Eventually.GetAsync(
        $"all {calls} calls are spent",
        async () =>
        {
            var status = (await cluster.Api.GetAsync(space.Path("MockQuota", "team")))["status"]?.AsObject();
            return status is not null && (long?)status["limit"] == calls && (long?)status["remaining"] == 0 && (long?)status["granted"] == 0 ? status : null;
        },
        async () => (await cluster.Api.GetAsync(space.Path("MockQuota", "team"))).ToJsonString());
}
