using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Serving;

namespace MockOperator.Cluster.Tests.Healing;

public class MissingPartsTests(TestCluster cluster)
{
    [Fact]
    public async Task A_missing_collection_is_named_and_its_arrival_heals()
    {
        await using var space = await cluster.NamespaceAsync("missing");
        await space.ApplyAsync(EditingTests.Mock("early", "late"));
        await space.ConditionAsync("MockServer", "early", "CollectionResolved", "False", "late");
        await space.ConditionAsync("MockServer", "early", "Ready", "False");

        await space.ApplyAsync(EditingTests.Collection("late", "arrived"));

        await space.ReadyAsync("early");
        await space.ServesAsync(await space.DoorAsync("early"), "/hello", "200 arrived");
    }

    [Fact]
    public async Task A_missing_version_is_named_and_its_arrival_heals()
    {
        await using var space = await cluster.NamespaceAsync("untagged");
        await space.ApplyAsync(EditingTests.Collection("api", "current"));
        await space.ApplyAsync(EditingTests.Mock("api", "api").Replace("collectionRef: {", "collectionRef: {version: v9, ", StringComparison.Ordinal));
        await space.ConditionAsync("MockServer", "api", "CollectionResolved", "False", "v9");

        await space.ApplyAsync(EditingTests.Collection("api", "current") + """

              versions:
              - tag: v9
                examples:
                - {name: hello, request: {method: GET, path: /hello}, response: {status: 200, body: nine}}
            """);

        await space.ReadyAsync("api");
        await space.ServesAsync(await space.DoorAsync("api"), "/hello", "200 nine");
    }

    [Fact]
    public async Task A_missing_key_of_a_config_map_is_named_and_its_arrival_heals()
    {
        await using var space = await cluster.NamespaceAsync("keyless");
        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: exported}
            data: {other.json: "{}"}
            """);
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: exported}
            spec: {configMapKeyRef: {name: exported, key: collection.json}}
            """);
        await space.ApplyAsync(EditingTests.Mock("exported", "exported"));
        await space.ConditionAsync("Collection", "exported", "Ready", "False", "collection.json");
        await space.ConditionAsync("MockServer", "exported", "CollectionResolved", "False", "collection.json");

        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: exported}
            data:
              collection.json: '{"info":{"name":"x"},"item":[{"name":"hello","request":{"method":"GET","url":"http://x/hello"},"response":[{"name":"hello","originalRequest":{"method":"GET","url":"http://x/hello"},"code":200,"body":"found"}]}]}'
            """);

        await space.ReadyAsync("exported");
        await space.ServesAsync(await space.DoorAsync("exported"), "/hello", "200 found");
    }
}
