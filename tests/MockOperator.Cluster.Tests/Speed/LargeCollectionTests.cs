using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Speed;

public class LargeCollectionTests(TestCluster cluster)
{
    private const int Items = 27_000;

    [Fact]
    public async Task A_collection_of_25_MB_is_packed_into_ConfigMaps_and_served()
    {
        var space = await MockSpace.CreateAsync(cluster, "large");
        var folder = Directory.CreateTempSubdirectory("mock-operator-large");
        try
        {
            var export = Path.Combine(folder.FullName, "large.json");
            await File.WriteAllTextAsync(export, Large(), TestContext.Current.CancellationToken);
            Assert.InRange(new FileInfo(export).Length, 24_000_000, 26_214_400);
            var packed = Path.Combine(folder.FullName, "packed.yaml");
            var program = Path.Combine(AppContext.BaseDirectory, "kubectl-mock.dll");
            await File.WriteAllTextAsync(packed, await Command.RunAsync("dotnet", ["exec", program, "pack", export, "--name", "large"]), TestContext.Current.CancellationToken);
            await cluster.KubectlAsync("--namespace", space.Name, "apply", "--server-side", "-f", packed);

            await space.ApplyMockAsync("mock", new JsonObject { ["collectionRef"] = new JsonObject { ["name"] = "large" } });
            await space.ReadyAsync("mock", TimeSpan.FromSeconds(240));
            await space.ServedAsync("mock", $"/things/{Items - 7}/detail", Body(Items - 7));

            var status = (await cluster.Api.GetAsync(space.Of("mockservers", "mock")))["status"]!;
            Assert.Equal(Items, (int?)status["exampleCount"]);
            var memory = await LargestRuntimeAsync();
            Console.WriteLine(FormattableString.Invariant($"{new FileInfo(export).Length / 1e6:0.0} MB of collection, {new FileInfo(packed).Length / 1e6:0.0} MB packed, {Items} examples; largest resident memory of a runtime: {memory}"));
            await cluster.Api.DeleteAsync(space.Of("mockservers", "mock"));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Large() => Exported.Collection(Enumerable.Range(0, Items).Select(number => Exported.Item($"thing {number}", $"/things/{number}/detail", Body(number))));

    // Text of which a part does not compress.
    private static string Body(int number)
    {
        var random = new Random(number);
        var bytes = new byte[120];
        random.NextBytes(bytes);
        return $"thing {number}: {Convert.ToBase64String(bytes)} {string.Join(' ', Enumerable.Range(0, 45).Select(word => $"word{(number + word) % 97}"))}";
    }

    private async Task<string> LargestRuntimeAsync()
    {
        var lines = await cluster.OnNodeAsync("sh", "-c", "for p in $(pidof mock-runtime); do grep VmHWM /proc/$p/status; done | sort -k2 -n | tail -n 1");
        return lines.Trim();
    }
}
