using System.Diagnostics;
using System.Globalization;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Speed;

public class EditLatencyTests(TestCluster cluster)
{
    private const int Edits = 30;

    // Longer than kubelets take for the files of the last edits, which are mounted one after the other while the newest was pushed long ago.
    private static readonly TimeSpan Aftermath = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Every_edit_is_served_by_all_pods_and_none_goes_back()
    {
        var space = await MockSpace.CreateAsync(cluster, "edit-latency");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("0"), replicas: 2);
        await space.ReadyAsync("mock");
        var newest = (await space.PodsAsync("mock")).ToDictionary(pod => pod, _ => 0, StringComparer.Ordinal);
        Assert.Equal(2, newest.Count);
        var wentBack = new List<string>();

        var times = new List<double>();
        for (var number = 1; number <= Edits; number++)
        {
            await space.ApplyConfigMapAsync("mock", "collection.json", Exported.Answering($"{number}"));
            var watch = Stopwatch.StartNew();
            foreach (var pod in newest.Keys)
                await Eventually.TrueAsync($"{pod} serves edit {number}", async () => await ServedAsync(pod) == number, cluster.StateAsync);
            times.Add(watch.Elapsed.TotalSeconds);
        }

        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Aftermath;)
        {
            foreach (var pod in newest.Keys)
                await Eventually.TrueAsync($"{pod} answers", async () => await ServedAsync(pod) > 0, cluster.StateAsync);
        }

        times.Sort();
        Console.WriteLine(FormattableString.Invariant($"edit to served by 2 pods, {Edits} edits beside the other tests: p50 {times[Edits / 2]:0.00} s, p99 {times[^1]:0.00} s"));
        Assert.Empty(wentBack);
        await cluster.Api.DeleteAsync(space.Of("mockservers", "mock"));

        async Task<int> ServedAsync(string pod)
        {
            var number = int.Parse(await cluster.Api.TextAsync($"{space.Core("pods", pod + ":8080")}/proxy/text"), CultureInfo.InvariantCulture);
            if (number < newest[pod])
                wentBack.Add($"{pod}: {number} after {newest[pod]}");
            newest[pod] = number;
            return number;
        }
    }
}
