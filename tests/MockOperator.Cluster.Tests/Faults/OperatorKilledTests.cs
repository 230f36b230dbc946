using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

[Collection(OneAfterTheOther.InProcess)]
public class OperatorKilledTests(TestCluster cluster)
{
    // A new mock of a new collection takes six and an event or two: children, and both statuses.
    private const int Lives = 8;

    [Fact]
    public async Task An_operator_killed_between_any_two_writes_is_taken_over_from_without_a_duplicate()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, Lives).Select(KillAfterAsync));

        Console.WriteLine($"operator killed after k writes: {string.Join(", ", outcomes.Select((killed, k) => $"{k}: {(killed ? "killed" : "was done")}"))}");
        // Fewer would mean that a new mock costs fewer writes than it has children.
        Assert.All(outcomes.Take(6), Assert.True);
    }

    private async Task<bool> KillAfterAsync(int writes)
    {
        var space = await MockSpace.CreateAsync(cluster, $"killed-after-{writes}");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("as saved"));
        using var ledger = new WriteLedger(writes);
        await using (await OperatorInProcess.StartAsync(cluster, space, ledger))
        {
            await Eventually.TrueAsync(
                $"the operator wanted to make write {writes + 1}, or was done",
                async () => ledger.Killed || (string?)(await space.ConditionAsync("mock", "Ready"))?["status"] == "True",
                cluster.StateAsync);
        }

        using var successor = new WriteLedger();
        await using (await OperatorInProcess.StartAsync(cluster, space, successor))
        {
            await space.ReadyAsync("mock");
            await space.ServedAsync("mock", "/text", "as saved");
            await AssertChildrenAsync(space);
        }

        return ledger.Killed;
    }

    private async Task AssertChildrenAsync(MockSpace space)
    {
        Assert.Equal(["mock-mock"], await NamesAsync($"api/v1/namespaces/{space.Name}/serviceaccounts"));
        Assert.Equal(["mock-mock-bundle"], await NamesAsync($"api/v1/namespaces/{space.Name}/configmaps"));
        Assert.Equal(["mock-mock"], await NamesAsync($"apis/apps/v1/namespaces/{space.Name}/deployments"));
        Assert.Single(await NamesAsync($"apis/apps/v1/namespaces/{space.Name}/replicasets"));
        Assert.Equal(["mock"], await NamesAsync($"api/v1/namespaces/{space.Name}/services"));
        Assert.Single(await space.PodsAsync("mock"));
        var mock = (await cluster.Api.GetAsync(space.Of("mockservers", "mock")))["metadata"]!["uid"]!.GetValue<string>();
        var deployment = await cluster.Api.GetAsync($"apis/apps/v1/namespaces/{space.Name}/deployments/mock-mock");
        Assert.Equal(mock, (string?)Assert.Single(deployment["metadata"]!["ownerReferences"]!.AsArray())!["uid"]);
    }

    private async Task<IReadOnlyList<string>> NamesAsync(string list) =>
        [.. (await cluster.Api.ListAsync($"{list}?labelSelector=mockoperator.dev/mock-server%3Dmock")).Select(found => (string)found["metadata"]!["name"]!)];
}
