using System.Diagnostics;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Speed;

public class EditLatencyTests(TestCluster cluster)
{
    private const int Edits = 15;

    [Fact]
    public async Task Every_edit_is_served_by_all_pods()
    {
        var space = await MockSpace.CreateAsync(cluster, "edit-latency");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("0"), replicas: 2);
        await space.ReadyAsync("mock");
        var pods = await space.PodsAsync("mock");
        Assert.Equal(2, pods.Count);

        var times = new List<double>();
        for (var number = 1; number <= Edits; number++)
        {
            await space.ApplyConfigMapAsync("mock", "collection.json", Exported.Answering($"{number}"));
            var watch = Stopwatch.StartNew();
            foreach (var pod in pods)
            {
                await Eventually.TrueAsync(
                    $"{pod} serves edit {number}",
                    async () => await cluster.Api.TextAsync($"{space.Core("pods", pod + ":8080")}/proxy/text") == $"{number}",
                    cluster.StateAsync);
            }

            times.Add(watch.Elapsed.TotalSeconds);
        }

        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"edit to served by 2 pods, {Edits} edits beside the other tests: p50 {times[Edits / 2]:0.00} s, p99 {times[^1]:0.00} s"));
        await cluster.Api.DeleteAsync(space.Of("mockservers", "mock"));
    }
}
