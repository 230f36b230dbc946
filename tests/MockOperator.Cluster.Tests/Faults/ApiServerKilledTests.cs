using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

[Collection(OneAfterTheOther.ApiServer)]
public class ApiServerKilledTests(TestCluster cluster)
{
    [Fact]
    public async Task Mocks_answer_while_the_API_server_is_away_and_edits_are_served_once_it_is_back()
    {
        Assert.SkipUnless(await cluster.HasApiServerOfItsOwnAsync(), "in k3s the API server is part of the process that is the node");
        var space = await MockSpace.CreateAsync(cluster, "api-server-killed");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("before"));
        await space.ReadyAsync("mock");
        await using var stream = RequestStream.Start(await space.OpenNodePortAsync("mock", "/text"));

        var before = stream.Answered;
        await cluster.KillApiServerAsync();
        await Eventually.TrueAsync("the mock answered while there was no API server", () => Task.FromResult(stream.Answered > before), cluster.StateAsync);
        await Eventually.GetAsync("the API server is back", () => cluster.Api.FindAsync("api/v1/namespaces/default"), cluster.StateAsync);

        await space.ApplyConfigMapAsync("mock", "collection.json", Exported.Answering("after"));
        await space.ServedAsync("mock", "/text", "after");
        await space.ReadyAsync("mock");
        await stream.StopAsync();
        Console.WriteLine($"API server killed and back: {stream.Answered} requests answered, {stream.Failures.Count} failed");
        Assert.Empty(stream.Failures);
    }
}
