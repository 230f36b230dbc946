using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class PrivateAndExposedMockTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public PrivateAndExposedMockTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        if (_operator is not null)
        {
            await _operator.DisposeAsync();
        }

        _cluster.Dispose();
    }

    [Fact]
    public async Task A_private_mock_gets_its_secret_before_its_pods_look_for_it()
    {
        Mock("closed", """{"private": true}""");
        await ConditionAsync("closed", "Ready", "True", "Serving");
        await ConditionAsync("closed", "KeysAvailable", "True", "KeysLoaded");
        List<string> writes = [.. _cluster.Writes];
        int secret = writes.FindIndex(static write => write.StartsWith("POST secrets", StringComparison.Ordinal));
        Assert.InRange(secret, 0, writes.FindIndex(static write => write.StartsWith("PATCH configmaps", StringComparison.Ordinal)));
        Assert.NotNull(_cluster.Find("secrets", "closed-api-keys")!["data"]!["default"]);
        Assert.DoesNotContain(_cluster.Gets, static read => read.Contains("secrets", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_secret_that_is_there_is_neither_read_nor_changed()
    {
        _cluster.Put("secrets", "closed-api-keys", new JsonObject { ["data"] = new JsonObject { ["mine"] = "a2V5" } });
        Mock("closed", """{"private": true}""");
        await ConditionAsync("closed", "Ready", "True", "Serving");
        Assert.Equal(["mine"], _cluster.Find("secrets", "closed-api-keys")!["data"]!.AsObject().Select(static entry => entry.Key));
    }

    [Fact]
    public async Task A_mock_with_a_secret_of_its_own_gets_none()
    {
        Mock("closed", """{"private": true, "apiKeys": {"secretRef": {"name": "mine"}}}""");
        await ConditionAsync("closed", "Ready", "True", "Serving");
        Assert.Empty(_cluster.List("secrets"));
    }

    [Fact]
    public async Task Turning_public_and_private_changes_no_deployment()
    {
        Mock("toggled", """{"private": true}""");
        await ConditionAsync("toggled", "KeysAvailable", "True", "KeysLoaded");
        _cluster.Writes.Clear();
        Mock("toggled", """{"private": false}""");
        await Eventually.TrueAsync(() => Condition("toggled", "KeysAvailable") is null);
        Mock("toggled", """{"private": true}""");
        await ConditionAsync("toggled", "KeysAvailable", "True", "KeysLoaded");
        Assert.DoesNotContain(_cluster.Writes, static write => write.Contains("deployments", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Pods_without_keys_make_the_mock_not_ready_until_they_have_them()
    {
        _kubelet.KeyProblems["closed-mock-0"] = "the key Secret has no entries";
        Mock("closed", """{"private": true}""");
        await ConditionAsync("closed", "KeysAvailable", "False", "KeysUnavailable");
        await ConditionAsync("closed", "Ready", "False", "KeysUnavailable");
        Assert.Contains("'closed-api-keys'", (string?)Condition("closed", "KeysAvailable")!["message"], StringComparison.Ordinal);
        await Eventually.TrueAsync(() => _cluster.Writes.Contains("PATCH pods/closed-mock-0"));
        _kubelet.KeyProblems.Clear();
        await ConditionAsync("closed", "Ready", "True", "Serving");
    }

    [Fact]
    public async Task An_ingress_comes_and_goes_with_the_spec()
    {
        Mock("outside", """{"ingress": {"host": "pets.example.com", "path": "/v1"}}""");
        await ConditionAsync("outside", "Exposed", "True", "IngressApplied");
        Assert.Equal("http://pets.example.com/v1", (string?)_cluster.Find("mockservers", "outside")!["status"]!["externalUrl"]);
        Assert.Equal("pets.example.com", (string?)_cluster.Find("ingresses", "outside-mock")!["spec"]!["rules"]![0]!["host"]);
        Assert.Contains("\"exposedPaths\":[{\"host\":\"pets.example.com\",\"path\":\"/v1\"}]", Definition("outside"), StringComparison.Ordinal);
        Mock("outside", """{"ingress": null}""");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "outside-mock") is null);
        await Eventually.TrueAsync(() => Condition("outside", "Exposed") is null);
        Assert.Null(_cluster.Find("mockservers", "outside")!["status"]!["externalUrl"]);
    }

    [Fact]
    public async Task An_ingress_of_somebody_else_is_left_alone()
    {
        _cluster.Put("ingresses", "outside-mock", new JsonObject { ["spec"] = new JsonObject { ["rules"] = new JsonArray() } });
        Mock("outside", """{"ingress": {"host": "pets.example.com"}}""");
        await ConditionAsync("outside", "Exposed", "False", "NameConflict");
        Assert.Empty(_cluster.Find("ingresses", "outside-mock")!["spec"]!["rules"]!.AsArray());
    }

    [Fact]
    public async Task CORS_is_spoken_by_the_controller_of_the_class_or_by_nobody()
    {
        _cluster.Put("ingressclasses", "edge", new JsonObject { ["spec"] = new JsonObject { ["controller"] = "k8s.io/ingress-nginx" } }, ns: "");
        Mock("fronted", """{"ingress": {"className": "edge", "host": "a.example.com"}, "cors": {"at": "Ingress", "allowHeaders": ["X-A"]}}""");
        await ConditionAsync("fronted", "Exposed", "True", "IngressApplied");
        Assert.Equal("true", (string?)_cluster.Find("ingresses", "fronted-mock")!["metadata"]!["annotations"]!["nginx.ingress.kubernetes.io/enable-cors"]);
        Assert.Contains("\"enabled\":false", Definition("fronted"), StringComparison.Ordinal);
        Mock("fronted", """{"ingress": {"className": "edge", "host": "a.example.com"}, "cors": {"at": "Ingress", "allowHeaders": null}}""");
        await ConditionAsync("fronted", "Exposed", "False", "CorsNotExpressible");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "fronted-mock") is null);
    }

    [Theory]
    [InlineData("""{"ingress": {}}""", "InvalidExposure")]
    [InlineData("""{"gateway": {"parentRefs": [{"name": "edge"}], "hostnames": ["a.example.com"]}}""", "GatewayApiAbsent")]
    public async Task What_cannot_be_exposed_is_told(string spec, string reason)
    {
        Mock("routed", spec);
        await ConditionAsync("routed", "Exposed", "False", reason);
    }

    [Theory]
    [InlineData("""{"cors": {"allowCredentials": true}}""", "cors.allowCredentials")]
    [InlineData("""{"cors": {"allowOrigins": ["https://example.com/"]}}""", "cors.allowOrigins[0]")]
    [InlineData("""{"private": true, "apiKeys": {"header": "Host"}}""", "apiKeys.header")]
    public async Task Rules_hold_without_the_schema(string spec, string place)
    {
        Mock("broken", spec);
        await ConditionAsync("broken", "Ready", "False", "InvalidSpec");
        Assert.Contains(place, (string?)Condition("broken", "Ready")!["message"], StringComparison.Ordinal);
    }

    private void Mock(string name, string spec)
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", name, new JsonObject { ["spec"] = whole });
    }

    private string Definition(string name) => (string)_cluster.Find("configmaps", name + "-mock-bundle")!["data"]!["mock.json"]!;

    private JsonNode? Condition(string name, string type) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type);

    private Task ConditionAsync(string name, string type, string status, string reason) => Eventually.TrueAsync(
        () => Condition(name, type) is { } condition
            && (string?)condition["status"] == status
            && (string?)condition["reason"] == reason
            && (long?)condition["observedGeneration"] == (long?)_cluster.Find("mockservers", name)!["metadata"]!["generation"],
        () => _cluster.Find("mockservers", name)?.ToJsonString() ?? "(none)");
}
