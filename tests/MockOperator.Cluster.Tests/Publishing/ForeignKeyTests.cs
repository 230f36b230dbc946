using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Publishing;

/// <summary>ConfigMaps that others write to, on a server that knows who owns which key.</summary>
public class ForeignKeyTests(TestCluster cluster)
{
    [Fact]
    public async Task A_key_of_a_user_is_neither_overwritten_nor_removed_and_another_key_beside_it_is_the_mocks()
    {
        await using var space = await cluster.NamespaceAsync("keys");
        await space.ApplyAsync("""
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: app}
            data: {application.yaml: mine}
            """);

        await space.ApplyAsync(Mock("app", "application.yaml"));
        var conflict = await space.ConditionAsync("MockServer", "hello", "UrlPublished", "False", "application.yaml");
        Assert.Contains("PublishConflict", conflict["status"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("mine", await ValueAsync(space, "app", "application.yaml"));

        await space.ApplyAsync(Mock("app", "url"));
        await space.ConditionAsync("MockServer", "hello", "UrlPublished", "True");
        Assert.Equal($"http://hello.{space.Name}.svc", await ValueAsync(space, "app", "url"));

        await space.Api.DeleteAsync(space.Path("MockServer", "hello"));
        await Eventually.TrueAsync("the URL is taken back", async () => await ValueAsync(space, "app", "url") is null, () => space.StateAsync("ConfigMap", "app"));
        Assert.Equal("mine", await ValueAsync(space, "app", "application.yaml"));
    }

    [Fact]
    public async Task The_ConfigMap_of_the_clusters_certificate_is_left_alone()
    {
        await using var space = await cluster.NamespaceAsync("certificate");
        var before = await Eventually.GetAsync(
            "the namespace has its certificate", () => space.Api.FindAsync(space.Path("ConfigMap", "kube-root-ca.crt")), () => space.StateAsync("ConfigMap", null));

        await space.ApplyAsync(Mock("kube-root-ca.crt", "ca.crt"));
        await space.ConditionAsync("MockServer", "hello", "UrlPublished", "False", "ca.crt");
        await space.ReadyAsync("hello");

        var after = await space.Api.GetAsync(space.Path("ConfigMap", "kube-root-ca.crt"));
        Assert.Equal((string?)before["metadata"]!["resourceVersion"], (string?)after["metadata"]!["resourceVersion"]);
    }

    private static async Task<string?> ValueAsync(MockNamespace space, string name, string key) =>
        (string?)(await space.Api.GetAsync(space.Path("ConfigMap", name)))["data"]?[key];

    private static string Mock(string configMap, string key) => $$$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: hello}
        spec:
          publishUrl: {configMap: {name: {{{configMap}}}, key: {{{key}}} }}
          collection: {examples: [{name: /hello, request: {path: /hello}, response: {body: hello}}]}
        """;
}
