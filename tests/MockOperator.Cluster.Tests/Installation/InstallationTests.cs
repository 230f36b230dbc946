using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Installation;

public class InstallationTests(TestCluster cluster)
{
    [Theory]
    [InlineData("mockservers", "mock")]
    [InlineData("collections", "coll")]
    public async Task A_custom_resource_is_established_under_its_short_name(string plural, string shortName)
    {
        var definition = await cluster.Api.GetAsync($"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.mockoperator.dev");

        var conditions = definition["status"]!["conditions"]!.AsArray().ToDictionary(item => item!["type"]!.GetValue<string>(), item => item!["status"]!.GetValue<string>(), StringComparer.Ordinal);
        Assert.Equal("True", conditions["Established"]);
        Assert.Equal("True", conditions["NamesAccepted"]);
        Assert.DoesNotContain("NonStructuralSchema", conditions.Keys);
        Assert.Contains("NAME", await cluster.KubectlAsync("get", shortName, "-A") + "NAME", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_sample_is_accepted()
    {
        await using var space = await cluster.NamespaceAsync("accepted");

        foreach (var sample in Directory.GetFiles(Path.Combine(RepositoryRoot.Path, "config/samples"), "*.yaml").Where(file => !file.EndsWith("kustomization.yaml", StringComparison.Ordinal)))
            await cluster.KubectlAsync("-n", space.Name, "apply", "--dry-run=server", "-f", sample);
    }

    [Fact]
    public async Task A_sample_is_served_through_its_service_by_pods()
    {
        await using var space = await cluster.NamespaceAsync("sample");

        await cluster.KubectlAsync("-n", space.Name, "apply", "-k", "config/samples");
        var mock = await space.ReadyAsync("petstore");

        Assert.Equal($"http://petstore.{space.Name}.svc", mock["status"]!["url"]!.GetValue<string>());
        var address = (await space.Api.GetAsync(space.Path("Service", "petstore")))["spec"]!["clusterIP"]!.GetValue<string>();
        // The node's proxy learns of the pods a moment after the operator does.
        var answer = await Eventually.GetAsync(
            "the Service leads to the pods", () => cluster.OnNodeAsync("sh", "-c", $"curl -sf http://{address}/pets/7 || wget -q -O - http://{address}/pets/7")!, cluster.StateAsync);
        Assert.Contains("\"7\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_of_the_resource_is_told_when_it_is_broken()
    {
        Assert.SkipWhen(cluster.Minor < 25, $"Kubernetes 1.{cluster.Minor} drops CEL rules of custom resources; the operator states them in the status instead");
        await using var space = await cluster.NamespaceAsync("rules");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: both}
            spec:
              collectionRef: {name: petstore}
              collection: {examples: [{name: a, request: {method: GET, path: /a}, response: {status: 200}}]}
            """));

        Assert.Contains("collectionRef", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_rule_that_is_about_one_field_names_it()
    {
        Assert.SkipWhen(cluster.Minor < 29, $"Kubernetes 1.{cluster.Minor} does not know the field of a CEL rule; tests without a server evaluate the rules");
        await using var space = await cluster.NamespaceAsync("fields");

        var refused = await Assert.ThrowsAsync<HttpRequestException>(() => space.ApplyAsync("""
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: inside}
            spec:
              collectionRef: {name: petstore}
              publishUrl: {address: External, configMap: {name: frontend, key: URL}}
            """));

        Assert.Contains("spec.publishUrl.address", refused.Message, StringComparison.Ordinal);
    }
}
