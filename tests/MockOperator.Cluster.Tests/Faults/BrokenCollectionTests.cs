using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

public class BrokenCollectionTests(TestCluster cluster)
{
    [Fact]
    public async Task A_collection_that_breaks_leaves_what_was_served_and_names_the_place_until_it_is_mended()
    {
        var space = await MockSpace.CreateAsync(cluster, "broken");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("good"));
        await space.ReadyAsync("mock");
        await space.ServedAsync("mock", "/text", "good");

        await space.ApplyConfigMapAsync("mock", "collection.json", "{\n  \"info\": {},\n  \"item\": [ oops");
        await NotReadyAsync(space, "line 3");
        Assert.Equal("good", await space.AskAsync("mock", "/text"));

        await space.ApplyConfigMapAsync("mock", "collection.json", """{"info": {"name": "x"}, "item": [{"name": "a", "request": 7, "response": [{"name": "e", "code": "no"}]}]}""");
        await NotReadyAsync(space, "item[0]");
        Assert.Equal("good", await space.AskAsync("mock", "/text"));

        await space.ApplyConfigMapAsync("mock", "collection.json", Exported.Answering("mended"));
        await space.ServedAsync("mock", "/text", "mended");
        await space.ReadyAsync("mock");
    }

    private Task NotReadyAsync(MockSpace space, string place) => Eventually.TrueAsync(
        $"the mock is not ready because of {place}",
        async () => await space.ConditionAsync("mock", "Ready") is { } ready
            && (string?)ready["status"] == "False" && ready["message"]!.GetValue<string>().Contains(place, StringComparison.Ordinal),
        cluster.StateAsync);
}
