using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Installation;

public class PodSecurityTests(TestCluster cluster)
{
    private const string Mock = """
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: safe}
        spec:
          collection: {examples: [{name: a, request: {method: GET, path: /a}, response: {status: 200, body: a}}]}
        """;

    [Fact]
    public async Task The_pods_of_a_mock_have_what_restricted_asks_for()
    {
        await using var space = await cluster.NamespaceAsync("restricted");
        await space.ApplyAsync(Mock);
        await space.ReadyAsync("safe");

        var pod = Assert.Single(await space.Api.ListAsync($"{space.Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3Dsafe"));
        var spec = pod["spec"]!;
        var container = Assert.Single(spec["containers"]!.AsArray())!;
        var security = container["securityContext"]!;
        var shared = spec["securityContext"]!;

        Assert.False(security["allowPrivilegeEscalation"]!.GetValue<bool>());
        Assert.True(security["readOnlyRootFilesystem"]!.GetValue<bool>());
        Assert.Equal("ALL", Assert.Single(security["capabilities"]!["drop"]!.AsArray())!.GetValue<string>());
        Assert.True((security["runAsNonRoot"] ?? shared["runAsNonRoot"])!.GetValue<bool>());
        Assert.Equal("RuntimeDefault", (security["seccompProfile"] ?? shared["seccompProfile"])!["type"]!.GetValue<string>());
        Assert.False(spec["automountServiceAccountToken"]!.GetValue<bool>());
        Assert.DoesNotContain(spec["volumes"]!.AsArray(), volume => volume!["hostPath"] is not null);
        Assert.NotNull(container["resources"]!["requests"]);
        Assert.NotNull(container["resources"]!["limits"]);
    }

    [Fact]
    public async Task A_namespace_that_enforces_restricted_runs_mocks()
    {
        Assert.SkipWhen(cluster.Minor < 25, $"Kubernetes 1.{cluster.Minor} has no Pod Security admission; the fields are checked by another test");
        await using var space = await cluster.NamespaceAsync("enforced");

        await space.ApplyAsync(Mock);
        await space.ReadyAsync("safe");
    }
}
