using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

/// <summary>Whose pods are told the secrets of a mock.</summary>
public sealed class PodOwnershipTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public PodOwnershipTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("a ReplicaSet of that name")]
    [InlineData("a ReplicaSet of nobody")]
    [InlineData("a Deployment of somebody else")]
    [InlineData("a StatefulSet")]
    public async Task A_pod_with_the_labels_of_a_mock_that_is_not_of_its_Deployment_gets_neither_token_nor_push(string owner)
    {
        Mock("one");
        await ReadyAsync(1);
        Foreign(owner);

        Mock("two");
        await ReadyAsync(2);
        await Eventually.TrueAsync(() => !_kubelet.Pushed.IsEmpty);

        // What comes after both shows that the foreign pod was seen in time.
        Mock("three");
        await ReadyAsync(3);
        await Eventually.TrueAsync(() => _kubelet.Pushed.Count > 1);
        Assert.All(_kubelet.Trusted, static pod => Assert.Equal("hello-mock-0", pod));
        Assert.DoesNotContain(_cluster.Writes, static write => write.Contains("pods/foreign", StringComparison.Ordinal));
        Assert.Equal(1, (int?)_cluster.Find("mockservers", "hello")!["status"]!["acknowledgedReplicas"]);
    }

    [Fact]
    public async Task A_pod_is_of_its_mock_as_soon_as_its_ReplicaSet_is_known()
    {
        _kubelet.IsFrozen = true;
        Mock("one");
        await Eventually.TrueAsync(() => _cluster.Find("deployments", "hello-mock") is not null);
        JsonObject deployment = _cluster.Find("deployments", "hello-mock")!;
        var labels = (JsonObject)deployment["spec"]!["template"]!["metadata"]!["labels"]!;
        JsonObject set = FakeKubelet.Owned(labels, "Deployment", deployment);
        set["metadata"]!["ownerReferences"]![0]!["uid"] = "another";
        _cluster.Put("replicasets", "hello-mock-set", set);
        _kubelet.Run("hello-mock");
        Assert.Empty(_kubelet.Trusted);

        _cluster.Put("replicasets", "hello-mock-set", FakeKubelet.Owned(labels, "Deployment", deployment));

        await ReadyAsync(1);
    }

    private void Foreign(string owner)
    {
        JsonObject deployment = _cluster.Find("deployments", "hello-mock")!;
        JsonObject set = _cluster.Find("replicasets", "hello-mock-set")!;
        var labels = (JsonObject)deployment["spec"]!["template"]!["metadata"]!["labels"]!;
        JsonObject pod = FakeKubelet.Owned(labels, "ReplicaSet", set);
        switch (owner)
        {
            case "nobody":
                ((JsonObject)pod["metadata"]!).Remove("ownerReferences");
                break;
            case "a ReplicaSet of that name":
                pod["metadata"]!["ownerReferences"]![0]!["uid"] = "another";
                break;
            case "a ReplicaSet of nobody":
                pod = FakeKubelet.Owned(labels, "ReplicaSet", _cluster.Put("replicasets", "stray", new JsonObject { ["metadata"] = new JsonObject { ["labels"] = labels.DeepClone() } }));
                break;
            case "a Deployment of somebody else":
                JsonObject other = _cluster.Put("deployments", "other", []);
                pod = FakeKubelet.Owned(labels, "ReplicaSet", _cluster.Put("replicasets", "stray", FakeKubelet.Owned(labels, "Deployment", other)));
                break;
            default:
                pod = FakeKubelet.Owned(labels, "StatefulSet", set);
                break;
        }

        _cluster.Put("pods", "foreign", pod, new JsonObject { ["phase"] = "Running", ["podIP"] = "10.0.0.99" });
    }

    private void Mock(string body) => _cluster.Put("mockservers", "hello", new JsonObject
    {
        ["spec"] = new JsonObject
        {
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject { ["name"] = "/", ["request"] = new JsonObject { ["path"] = "/" }, ["response"] = new JsonObject { ["body"] = body } }),
            },
        },
    });

    private Task ReadyAsync(long generation) => Eventually.TrueAsync(
        () => _cluster.Find("mockservers", "hello")!["status"] is { } status
            && (long?)status["observedGeneration"] == generation
            && status["conditions"]!.AsArray().Any(static condition => (string?)condition!["type"] == "Ready" && (string?)condition["status"] == "True"),
        () => _cluster.Find("mockservers", "hello")!.ToJsonString());
}
