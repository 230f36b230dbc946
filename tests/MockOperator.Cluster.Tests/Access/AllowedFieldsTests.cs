using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Access;

public class AllowedFieldsTests(TestCluster cluster)
{
    [Fact]
    public async Task A_template_beyond_the_safe_subset_is_refused_by_name_and_one_within_it_reaches_the_pods()
    {
        await using var space = await cluster.NamespaceAsync("allowed");

        await space.ApplyAsync(Mock("{spec: {hostNetwork: true, containers: [{name: sidecar, image: other}]}}"));

        var refused = await space.ConditionAsync("MockServer", "hello", "Ready", "False", "spec.podTemplate.spec.hostNetwork: ");
        Assert.Contains("InvalidSpec", refused["status"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("--pod-templates=Any", refused["status"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Empty(await space.ChildrenAsync("Deployment", "hello"));

        await space.ApplyAsync(Mock("""
            {metadata: {labels: {team: pets}, annotations: {prometheus.io/scrape: "false"}},
             spec: {tolerations: [{operator: Exists}], containers: [{name: runtime, env: [{name: TZ, value: UTC}], readinessProbe: {periodSeconds: 2}}]}}
            """));

        await space.ReadyAsync("hello");
        var pod = Assert.Single(await space.Api.ListAsync($"{space.Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3Dhello"));
        Assert.Equal("pets", (string?)pod["metadata"]!["labels"]!["team"]);
        var container = Assert.Single(pod["spec"]!["containers"]!.AsArray())!;
        Assert.Equal("UTC", (string?)container["env"]![0]!["value"]);
        Assert.Equal(2, (int?)container["readinessProbe"]!["periodSeconds"]);
        Assert.Equal("/readyz", (string?)container["readinessProbe"]!["httpGet"]!["path"]);
    }

    [Fact]
    public async Task The_server_compiles_every_policy()
    {
        Assert.SkipWhen(cluster.Minor < 30, $"Kubernetes 1.{cluster.Minor} has no ValidatingAdmissionPolicy; their expressions are evaluated by other tests");

        await cluster.KubectlAsync("apply", "--server-side", "--dry-run=server", "-k", "config/policies");
    }

    private static string Mock(string template) => $$$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: hello}
        spec:
          collection: {examples: [{name: a, request: {method: GET, path: /a}, response: {status: 200, body: a}}]}
          podTemplate:
            {{{template.Replace("\n", " ", StringComparison.Ordinal)}}}
        """;
}
