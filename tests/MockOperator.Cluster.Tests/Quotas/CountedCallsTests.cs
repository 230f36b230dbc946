using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Quotas;

public class CountedCallsTests(TestCluster cluster)
{
    [Fact]
    public async Task Four_pods_answer_exactly_as_many_calls_as_their_quota_allows()
    {
        await using var space = await cluster.NamespaceAsync("counted");
        var mock = new CountedMock(cluster, space);
        await mock.ApplyAsync(calls: 3000, replicas: 4);
        await space.ReadyAsync("petstore");

        var (answered, others) = await mock.SpendAsync(3000);

        var status = (await mock.StatusAsync())!;
        Console.WriteLine($"a quota of 3000 calls, 4 pods: {answered} answered, {(long?)status["used"]} counted, {(long?)status["lost"]} lost, {(long?)status["ledger"]!["serial"]} writes; other answers: {others}");
        Assert.Equal((3000, 3000L, 0L), (answered, (long?)status["used"], (long?)status["lost"]));
        Assert.Contains("USED", await cluster.KubectlAsync("-n", space.Name, "get", "mockquota"), StringComparison.Ordinal);

        await mock.ApplyAsync(calls: 3100, replicas: 4);
        (answered, _) = await mock.SpendAsync(3100);
        status = (await mock.StatusAsync())!;
        Assert.Equal((100, 3100L), (answered, (long?)status["used"]));
    }
}
