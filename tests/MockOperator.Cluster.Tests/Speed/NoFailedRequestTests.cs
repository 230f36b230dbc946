using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Speed;

public class NoFailedRequestTests(TestCluster cluster)
{
    [Fact]
    public async Task No_request_fails_while_collection_replicas_and_pods_change()
    {
        var space = await MockSpace.CreateAsync(cluster, "no-failed-request");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("0"));
        await space.ReadyAsync("mock");
        await using var stream = RequestStream.Start(await space.OpenNodePortAsync("mock", "/text"));

        await EditAsync(space, 1, 5);
        await ScaleAsync(space, 3);
        await EditAsync(space, 6, 8);
        await ScaleAsync(space, 2);
        var pods = await space.PodsAsync("mock");
        await cluster.Api.MergeAsync(space.Of("mockservers", "mock"), new JsonObject
        {
            ["spec"] = new JsonObject { ["resources"] = new JsonObject { ["requests"] = new JsonObject { ["cpu"] = "11m" } } },
        });
        await EditAsync(space, 9, 10);
        await Eventually.TrueAsync("all pods were replaced", async () => await space.PodsAsync("mock") is { Count: 2 } now && !now.Intersect(pods, StringComparer.Ordinal).Any(), cluster.StateAsync);
        await space.ReadyAsync("mock");
        await EditAsync(space, 11, 12);

        // Until the last of the old pods is gone, requests may still be under way to it.
        await Eventually.TrueAsync(
            "the old pods are gone",
            async () => (await cluster.Api.ListAsync($"{space.Core("pods")}?labelSelector=mockoperator.dev/mock-server%3Dmock")).Count == 2,
            cluster.StateAsync);
        await stream.StopAsync();
        Console.WriteLine($"12 edits, replicas 1, 3, 2, and a rolling update: {stream.Answered} requests answered, {stream.Failures.Count} failed");
        Assert.Empty(stream.Failures);
        await cluster.Api.DeleteAsync(space.Of("mockservers", "mock"));
    }

    private static async Task EditAsync(MockSpace space, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            await space.ApplyConfigMapAsync("mock", "collection.json", Exported.Answering($"{number}"));
            await space.ServedAsync("mock", "/text", $"{number}");
        }
    }

    private async Task ScaleAsync(MockSpace space, int replicas)
    {
        await cluster.Api.MergeAsync(space.Of("mockservers", "mock"), new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } });
        await Eventually.TrueAsync(
            $"{replicas} pods are ready",
            async () => (int?)(await cluster.Api.GetAsync(space.Of("mockservers", "mock")))["status"]?["readyReplicas"] == replicas && (await space.PodsAsync("mock")).Count == replicas,
            cluster.StateAsync);
    }
}
