using System.Text.Json.Nodes;
using MockOperator.Operator.Allowances;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class UserAllowancesTests : IDisposable
{
    private const string Privileged = """{"spec":{"hostNetwork":true,"containers":[{"name":"sidecar","image":"evil"}]}}""";

    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;

    public UserAllowancesTests() => _kubelet = new FakeKubelet(_cluster);

    public void Dispose() => _cluster.Dispose();

    [Fact]
    public async Task A_template_beyond_the_subset_makes_no_pods_and_says_what_to_do()
    {
        await using RunningOperator running = await RunningOperator.StartAsync(_cluster, _kubelet);

        Mock("hello", $$"""{"podTemplate": {{Privileged}}}""");

        await Eventually.TrueAsync(() => Reason("hello") == "InvalidSpec");
        string message = (string)Ready("hello")!["message"]!;
        Assert.Contains("spec.podTemplate.spec.hostNetwork: ", message, StringComparison.Ordinal);
        Assert.Contains("spec.podTemplate.spec.containers[0].name: ", message, StringComparison.Ordinal);
        Assert.Contains("--pod-templates=Any", message, StringComparison.Ordinal);
        Assert.Empty(_cluster.List("deployments"));
    }

    [Fact]
    public async Task A_refused_edit_leaves_the_pods_as_they_were()
    {
        await using RunningOperator running = await RunningOperator.StartAsync(_cluster, _kubelet);
        Mock("hello", """{"podTemplate": {"metadata": {"labels": {"team": "pets"}}}}""");
        await Eventually.TrueAsync(() => Reason("hello") == "Serving");
        string before = _cluster.Find("deployments", "hello-mock")!["spec"]!.ToJsonString();

        Mock("hello", $$"""{"podTemplate": {{Privileged}}}""");

        await Eventually.TrueAsync(() => Reason("hello") == "InvalidSpec");
        Assert.Equal(before, _cluster.Find("deployments", "hello-mock")!["spec"]!.ToJsonString());
    }

    [Fact]
    public async Task An_annotation_that_configures_the_controller_makes_no_Ingress()
    {
        await using RunningOperator running = await RunningOperator.StartAsync(_cluster, _kubelet);

        Mock("hello", """{"ingress": {"host": "a.example.com", "annotations": {"nginx.ingress.kubernetes.io/server-snippet": "x"}}}""");

        await Eventually.TrueAsync(() => Reason("hello") == "InvalidSpec");
        Assert.Contains("spec.ingress.annotations[nginx.ingress.kubernetes.io/server-snippet]: ", (string)Ready("hello")!["message"]!, StringComparison.Ordinal);
        Assert.Empty(_cluster.List("ingresses"));
    }

    [Fact]
    public async Task An_operator_that_allows_anything_applies_it()
    {
        await using RunningOperator running = await RunningOperator.StartAsync(_cluster, _kubelet, allowances: new UserAllowances { PodTemplates = AllowedFields.Any });

        Mock("hello", $$"""{"podTemplate": {{Privileged}}}""");

        await Eventually.TrueAsync(() => (bool?)_cluster.Find("deployments", "hello-mock")?["spec"]?["template"]?["spec"]?["hostNetwork"] == true);
    }

    private void Mock(string name, string also)
    {
        JsonObject spec = JsonNode.Parse(also)!.AsObject();
        spec["collection"] = JsonNode.Parse("""{"examples": [{"name": "/hi", "request": {"path": "/hi"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", name, new JsonObject { ["spec"] = spec });
    }

    private JsonObject? Ready(string name) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.OfType<JsonObject>().FirstOrDefault(static condition => (string?)condition["type"] == "Ready");

    private string? Reason(string name) => (string?)Ready(name)?["reason"];
}
