using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Pods;

/// <summary>Which pods are a mock's, and what is told when it has none.</summary>
public class PodsOfAMockTests(TestCluster cluster)
{
    [Fact]
    public async Task A_pod_that_only_carries_the_labels_is_neither_waited_for_nor_touched()
    {
        await using var space = await cluster.NamespaceAsync("impostor");
        await space.ApplyAsync(Mock("before"));
        await space.ReadyAsync("hello");
        var own = Assert.Single(await space.Api.ListAsync($"{space.Path("Pod")}?labelSelector=mockoperator.dev/mock-server%3Dhello"));
        var labels = own["metadata"]!["labels"]!.DeepClone().AsObject();

        // With it the mock's own ReplicaSet would take the pod for one of its own.
        labels.Remove("pod-template-hash");
        await space.Api.CreateAsync(space.Path("Pod"), new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Pod",
            ["metadata"] = new JsonObject { ["name"] = "impostor", ["labels"] = labels },
            ["spec"] = JsonNode.Parse($$$$"""
                {"automountServiceAccountToken": false,
                 "securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"} },
                 "containers": [{"name": "runtime", "image": "{{{{cluster.RuntimeImage}}}}", "imagePullPolicy": "Never", "args": ["run"],
                                 "securityContext": {"allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}
                """),
        });
        await Eventually.TrueAsync(
            "the impostor has an address",
            async () => (await space.Api.GetAsync(space.Path("Pod", "impostor")))["status"]?["podIP"] is not null,
            () => space.StateAsync("Pod", "impostor"));

        await space.ApplyAsync(Mock("after"));

        var mock = await space.ReadyAsync("hello");
        Assert.Equal(1, (int?)mock["status"]!["acknowledgedReplicas"]);
        Assert.Null((await space.Api.GetAsync(space.Path("Pod", "impostor")))["metadata"]!["annotations"]?["mockoperator.dev/bundle-revision"]);
        await space.Api.DeleteAsync(space.Path("Pod", "impostor"));
    }

    [Fact]
    public async Task A_quota_that_refuses_pods_is_quoted_and_the_mock_heals_when_it_goes()
    {
        await using var space = await cluster.NamespaceAsync("quota");
        var quota = $"api/v1/namespaces/{space.Name}/resourcequotas/none";
        await space.Api.ApplyAsync(quota, new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "ResourceQuota",
            ["metadata"] = new JsonObject { ["name"] = "none" },
            ["spec"] = new JsonObject { ["hard"] = new JsonObject { ["pods"] = "0" } },
        });
        await Eventually.TrueAsync("the quota is in force", async () => (await space.Api.GetAsync(quota))["status"]?["hard"]?["pods"] is not null, () => space.StateAsync("MockServer", null));

        await space.ApplyAsync(Mock("hello"));
        var refused = await space.ConditionAsync("MockServer", "hello", "Ready", "False", "raise the ResourceQuota");
        Assert.Contains("PodsRefused", refused["status"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains("exceeded quota: none", refused["status"]!.ToJsonString(), StringComparison.Ordinal);

        await space.Api.DeleteAsync(quota);
        await space.ReadyAsync("hello");
    }

    private static string Mock(string body) => $$$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: hello}
        spec:
          collection: {examples: [{name: /hello, request: {path: /hello}, response: {body: {{{body}}} }}]}
        """;
}
