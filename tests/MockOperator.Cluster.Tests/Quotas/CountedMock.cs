using System.Net;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Quotas;

/// <summary>A mock whose calls a quota counts, and callers who spend them.</summary>
internal sealed class CountedMock(TestCluster cluster, MockNamespace space)
{
    private int _answered;

    /// <summary>Calls answered so far.</summary>
    public int Answered => Volatile.Read(ref _answered);

    /// <summary>Applies the quota and the mock.</summary>
    public Task ApplyAsync(long calls, int replicas) => space.ApplyAsync($$$"""
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

    /// <summary>Eight callers who go on until all is spent. One that is refused tries again at once, so that nothing is left lying in a pod.</summary>
    public async Task<(int Answered, string Others)> SpendAsync(long calls)
    {
        using var door = await space.DoorAsync("petstore");
        using var done = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var before = Answered;
        var others = new System.Collections.Concurrent.ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var callers = Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    using var response = await door.GetAsync("pets", TestContext.Current.CancellationToken);
                    if (response.StatusCode == HttpStatusCode.OK)
                    {
                        Interlocked.Increment(ref _answered);
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
        try
        {
            await UsedUpAsync(calls, () => $"{Answered - before} answered; other answers: {Told()}");
        }
        finally
        {
            await done.CancelAsync();
            await callers;
        }

        return (Answered - before, Told());

        string Told() => string.Join(", ", others.Select(static other => $"{other.Value} {other.Key}"));
    }

    /// <summary>The status of the quota.</summary>
    public async Task<JsonObject?> StatusAsync() => (await cluster.Api.GetAsync(space.Path("MockQuota", "team")))["status"]?.AsObject();

    private Task<JsonObject> UsedUpAsync(long calls, Func<string> soFar) => Eventually.GetAsync(
        $"all {calls} calls are spent",
        async () =>
        {
            var status = await StatusAsync();
            return status is not null && (long?)status["limit"] == calls && (long?)status["remaining"] == 0 && (long?)status["granted"] == 0 ? status : null;
        },
        async () => $"{soFar()}\n{await StatusAsync()}");
}
