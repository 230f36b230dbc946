using System.Text.Json.Nodes;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Exposure;

/// <summary>A mock counts as exposed once a controller or Gateway has taken it up, and its external URL is published then.</summary>
public sealed class AddressPendingTests : IAsyncLifetime
{
    private const string Publish = """ "publishUrl": {"address": "External", "configMap": {"name": "app", "key": "URL"}} """;
    private const string Gateway = """ "gateway": {"parentRefs": [{"name": "edge", "namespace": "infra"}], "hostnames": ["pets.example.com"], "path": "/v1"} """;

    private readonly FakeCluster _cluster = new() { HasGatewayApi = true, GivesAddresses = false };
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public AddressPendingTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() =>
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet, exposure: new ExposureSettings(null) { ClassesWithoutAddress = ["silent", "yarp"] });

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task An_Ingress_exposes_once_it_has_an_address_and_the_mock_is_ready_before()
    {
        Class("edge");
        Mock($$"""{"ingress": {"className": "edge", "host": "pets.example.com", "path": "/v1", "tls": {} }, {{Publish}} }""");
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        await ConditionAsync("Ready", "True", "Serving");
        await ConditionAsync("UrlPublished", "False", "NotExposed");
        Assert.Contains("kubectl describe ingress hello-mock", Message("Exposed"), StringComparison.Ordinal);
        Assert.Null(_cluster.Find("configmaps", "app"));

        Address("""[{"hostname": "lb.example.net"}]""");
        await ConditionAsync("Exposed", "True", "IngressApplied");
        Assert.Contains("lb.example.net", Message("Exposed"), StringComparison.Ordinal);
        await ConditionAsync("UrlPublished", "True", "Published");
        Assert.Equal("https://pets.example.com/v1", (string?)_cluster.Find("configmaps", "app")!["data"]!["URL"]);

        // It stays for those who start meanwhile.
        Address("[]");
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        await ConditionAsync("UrlPublished", "False", "NotExposed");
        Assert.Equal("https://pets.example.com/v1", (string?)_cluster.Find("configmaps", "app")!["data"]!["URL"]);
    }

    [Fact]
    public async Task A_controller_that_takes_an_Ingress_without_an_address_has_taken_it()
    {
        Mock("""{"ingress": {"className": "edge", "host": "pets.example.com"}}""");
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        Address("[{}]");
        await ConditionAsync("Exposed", "True", "IngressApplied");
    }

    [Fact]
    public async Task A_class_whose_controller_is_known_to_write_no_address_exposes_at_once()
    {
        Mock("""{"ingress": {"className": "yarp", "host": "pets.example.com"}}""");
        await ConditionAsync("Exposed", "True", "IngressApplied");
        Assert.Contains("writes no address", Message("Exposed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_default_class_counts_for_an_Ingress_without_one()
    {
        Class("other");
        Mock("""{"ingress": {"host": "pets.example.com"}}""");
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        Assert.Contains("no default class", Message("Exposed"), StringComparison.Ordinal);
        _cluster.Put("ingressclasses", "silent", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [IngressControllers.IsDefault] = "true" } } }, ns: "");
        await ConditionAsync("Exposed", "True", "IngressApplied");
    }

    [Fact]
    public async Task A_class_that_is_not_there_is_named()
    {
        Mock("""{"ingress": {"className": "edge", "host": "pets.example.com"}}""");
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        Assert.Contains("no IngressClass 'edge'", Message("Exposed"), StringComparison.Ordinal);
        Class("edge");
        await Eventually.TrueAsync(() => !Message("Exposed").Contains("no IngressClass", StringComparison.Ordinal), State);
    }

    [Fact]
    public async Task A_route_exposes_once_its_Gateway_has_an_address_at_the_URL_of_its_listener()
    {
        PutGateway("""{"name": "web", "port": 8443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": {"from": "All"}}}""");
        Mock($$"""{ {{Gateway}}, {{Publish}} }""");
        await ConditionAsync("Exposed", "Unknown", "RoutePending");
        _cluster.Put("httproutes", "hello-mock", [], JsonNode.Parse("""{"parents": [{"parentRef": {"name": "edge", "namespace": "infra"}, "conditions": [{"type": "Accepted", "status": "True"}]}]}""")!.AsObject());
        await ConditionAsync("Exposed", "Unknown", "AddressPending");
        await ConditionAsync("Ready", "True", "Serving");
        Assert.Equal("https://pets.example.com:8443/v1", ExternalUrl());

        PutGateway("""{"name": "web", "port": 8443, "protocol": "HTTPS", "allowedRoutes": {"namespaces": {"from": "All"}}}""", """{"addresses": [{"value": "192.0.2.1"}]}""");
        await ConditionAsync("Exposed", "True", "RouteAccepted");
        await PublishedAsync("https://pets.example.com:8443/v1");

        // The Gateway is edited: the mock follows, though nothing of it changes.
        PutGateway("""{"name": "web", "port": 80, "protocol": "HTTP", "allowedRoutes": {"namespaces": {"from": "All"}}}""");
        await PublishedAsync("http://pets.example.com/v1");
        await Eventually.TrueAsync(() => ExternalUrl() == "http://pets.example.com/v1", State);
    }

    private void Class(string name) => _cluster.Put("ingressclasses", name, new JsonObject { ["spec"] = new JsonObject { ["controller"] = "example.com/ingress" } }, ns: "");

    private void Address(string addresses) => _cluster.Put("ingresses", "hello-mock", [], JsonNode.Parse($$$"""{"loadBalancer": {"ingress": {{{addresses}}}}}""")!.AsObject());

    private void PutGateway(string listener, string? status = null) => _cluster.Put(
        "gateways", "edge", JsonNode.Parse($$"""{"spec": {"listeners": [{{listener}}]} }""")!.AsObject(), status is null ? null : JsonNode.Parse(status)!.AsObject(), ns: "infra");

    private void Mock(string spec)
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", "hello", new JsonObject { ["spec"] = whole });
    }

    private string? ExternalUrl() => (string?)_cluster.Find("mockservers", "hello")?["status"]?["externalUrl"];

    private JsonNode? Condition(string type) =>
        (_cluster.Find("mockservers", "hello")?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(condition => (string?)condition!["type"] == type);

    private string Message(string type) => (string)Condition(type)!["message"]!;

    private Task PublishedAsync(string url) => Eventually.TrueAsync(() => (string?)_cluster.Find("configmaps", "app")?["data"]?["URL"] == url, State);

    private Task ConditionAsync(string type, string status, string reason) => Eventually.TrueAsync(
        () => Condition(type) is { } condition && (string?)condition["status"] == status && (string?)condition["reason"] == reason, State);

    private string State() => $"{_cluster.Find("mockservers", "hello")?.ToJsonString()}\n{string.Join('\n', _cluster.Writes)}";
}
