using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Serving;

public class EditingTests(TestCluster cluster)
{
    internal static string Collection(string name, string body) => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: Collection
        metadata: {name: {{name}}}
        spec:
          examples:
          - {name: hello, request: {method: GET, path: /hello}, response: {status: 200, body: "{{body}}"} }
        """;

    internal static string Mock(string name, string collection, string more = "") => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: {{name}} }
        spec:
          collectionRef: {name: {{collection}} }
          {{more}}
        """;

    [Fact]
    public async Task An_edit_of_the_collection_is_served_by_the_same_pods()
    {
        await using var space = await cluster.NamespaceAsync("edit");
        await space.ApplyAsync(Collection("words", "first"));
        await space.ApplyAsync(Mock("words", "words"));
        await space.ReadyAsync("words");
        var door = await space.DoorAsync("words");
        await space.ServesAsync(door, "/hello", "200 first");
        var pods = await space.PodsAsync("words");

        await space.ApplyAsync(Collection("words", "second"));

        await space.ServesAsync(door, "/hello", "200 second");
        await space.ReadyAsync("words");
        Assert.Equal(pods, await space.PodsAsync("words"));
    }

    [Fact]
    public async Task An_edit_of_a_referenced_config_map_is_served()
    {
        await using var space = await cluster.NamespaceAsync("referenced");
        await space.ApplyAsync(Postman("first"));
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: exported}
            spec: {configMapKeyRef: {name: exported, key: collection.json}}
            """);
        await space.ApplyAsync(Mock("exported", "exported"));
        await space.ReadyAsync("exported");
        var door = await space.DoorAsync("exported");
        await space.ServesAsync(door, "/hello", "200 first");

        await space.ApplyAsync(Postman("second"));

        await space.ServesAsync(door, "/hello", "200 second");

        static string Postman(string body) => $$$"""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: exported}
            data:
              collection.json: |
                {"info":{"name":"x","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                 "item":[{"name":"hello","request":{"method":"GET","url":"{{base}}/hello"},
                 "response":[{"name":"hello","originalRequest":{"method":"GET","url":"{{base}}/hello"},"code":200,"body":"{{{body}}}"}]}]}
            """;
    }

    [Fact]
    public async Task An_edit_of_the_environment_is_served()
    {
        await using var space = await cluster.NamespaceAsync("environment");
        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: env}
            data: {country: Norway}
            """);
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: places}
            spec:
              examples:
              - {name: here, request: {method: GET, path: /here}, response: {status: 200, body: "{{city}} in {{country}}"}}
            """);
        await space.ApplyAsync(Mock("places", "places", Environment("Oslo")));
        await space.ReadyAsync("places");
        var door = await space.DoorAsync("places");
        await space.ServesAsync(door, "/here", "200 Oslo in Norway");

        await space.ApplyAsync(Mock("places", "places", Environment("Bergen")));
        await space.ServesAsync(door, "/here", "200 Bergen in Norway");

        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: env}
            data: {country: Norge}
            """);
        await space.ServesAsync(door, "/here", "200 Bergen in Norge");

        static string Environment(string city) => $$"""environment: {variables: [{name: city, value: {{city}} }], from: [{configMapRef: {name: env} }] }""";
    }

    [Fact]
    public async Task A_mock_is_switched_from_CURRENT_to_a_tag_and_back()
    {
        await using var space = await cluster.NamespaceAsync("versions");
        await space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: Collection
            metadata: {name: api}
            spec:
              examples:
              - {name: hello, request: {method: GET, path: /hello}, response: {status: 200, body: current}}
              versions:
              - tag: v1
                examples:
                - {name: hello, request: {method: GET, path: /hello}, response: {status: 200, body: one}}
            """);
        await space.ApplyAsync(Mock("api", "api"));
        await space.ReadyAsync("api");
        var door = await space.DoorAsync("api");
        await space.ServesAsync(door, "/hello", "200 current");

        await space.Api.MergeAsync(space.Path("MockServer", "api"), Spec("v1"));
        await space.ServesAsync(door, "/hello", "200 one");
        var served = (await space.ReadyAsync("api"))["status"]!["collection"]!;
        Assert.Equal(("api", "v1"), ((string?)served["name"], (string?)served["version"]));

        await space.Api.MergeAsync(space.Path("MockServer", "api"), Spec("CURRENT"));
        await space.ServesAsync(door, "/hello", "200 current");

        static JsonObject Spec(string version) =>
            JsonNode.Parse($$$"""{"spec":{"collectionRef":{"name":"api","version":"{{{version}}}"} } }""")!.AsObject();
    }

    [Fact]
    public async Task A_mock_is_scaled_by_its_scale_subresource()
    {
        await using var space = await cluster.NamespaceAsync("scale");
        await space.ApplyAsync(Collection("many", "one of many"));
        await space.ApplyAsync(Mock("many", "many"));
        await space.ReadyAsync("many");

        await cluster.KubectlAsync("-n", space.Name, "scale", "mockserver/many", "--replicas=3");

        await Eventually.TrueAsync(
            "three pods have acknowledged",
            async () => (await space.ReadyAsync("many"))["status"]!["acknowledgedReplicas"]?.GetValue<int>() == 3 && (await space.PodsAsync("many")).Count == 3,
            () => space.StateAsync("MockServer", "many"));

        await cluster.KubectlAsync("-n", space.Name, "scale", "mockserver/many", "--replicas=1");
        await Eventually.TrueAsync("one pod is left", async () => (await space.PodsAsync("many")).Count == 1, () => space.StateAsync("MockServer", "many"));
    }

    [Fact]
    public async Task A_deleted_mock_leaves_nothing()
    {
        await using var space = await cluster.NamespaceAsync("delete");
        await space.ApplyAsync(Collection("gone", "soon"));
        await space.ApplyAsync(Mock("gone", "gone"));
        await space.ReadyAsync("gone");

        await space.Api.DeleteAsync(space.Path("MockServer", "gone"));

        await space.GoneAsync("gone");
        Assert.NotNull(await space.Api.FindAsync(space.Path("Collection", "gone")));
    }

    [Fact]
    public async Task The_url_is_published_where_the_spec_says()
    {
        await using var space = await cluster.NamespaceAsync("publish");
        await space.ApplyAsync(Collection("shown", "here"));
        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: frontend}
            data: {OTHER: kept}
            """);
        await space.ApplyAsync(Mock("shown", "shown", "publishUrl: {configMap: {name: frontend, key: API_URL}}"));
        await space.ReadyAsync("shown");

        await Eventually.TrueAsync(
            "the URL is in the ConfigMap",
            async () => await DataAsync("API_URL") == $"http://shown.{space.Name}.svc",
            () => space.StateAsync("MockServer", "shown"));

        await space.Api.DeleteAsync(space.Path("MockServer", "shown"));
        await space.GoneAsync("shown");
        await Eventually.TrueAsync("the URL is taken back", async () => await DataAsync("API_URL") is null, () => space.StateAsync("MockServer", null));
        Assert.Equal("kept", await DataAsync("OTHER"));

        async Task<string?> DataAsync(string key) => (await space.Api.GetAsync(space.Path("ConfigMap", "frontend")))["data"]?[key]?.GetValue<string>();
    }
}
