using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Quotas;

[Collection(OneAfterTheOther.Pods)]
public class KilledPodsTests(TestCluster cluster)
{
    [Fact]
    public async Task However_pods_and_the_operator_are_killed_no_more_calls_are_answered_than_allowed()
    {
        await using var space = await cluster.NamespaceAsync("killed");
        var mock = new CountedMock(cluster, space);
        await mock.ApplyAsync(calls: 4000, replicas: 4);
        await space.ReadyAsync("petstore");

        var spending = mock.SpendAsync(4000);
        for (var kill = 0; kill < 3 && !spending.IsCompleted; kill++)
        {
            var pods = (await cluster.Api.ListAsync(space.Path("Pod"))).Select(static pod => pod!["metadata"]!["name"]!.GetValue<string>()).ToList();
            await cluster.KubectlAsync("-n", space.Name, "delete", "pod", pods[kill % pods.Count], "--grace-period=0", "--force");
            if (kill == 1)
                await cluster.KubectlAsync("-n", "mock-operator-system", "delete", "pod", "--all", "--grace-period=0", "--force");

            // The next is killed once the pods have calls again.
            var before = mock.Answered;
            await Eventually.TrueAsync("calls are answered again", () => Task.FromResult(spending.IsCompleted || mock.Answered > before + 50), cluster.StateAsync);
        }

        var (answered, others) = await spending;
        var status = (await mock.StatusAsync())!;
        var lost = status["lost"]!.GetValue<long>();
        Console.WriteLine($"a quota of 4000 calls, 3 pods and the operator killed: {answered} answered, {(long?)status["used"]} counted, {lost} lost; other answers: {others}");
        Assert.InRange(answered, 4000 - lost, 4000);
    }
}
