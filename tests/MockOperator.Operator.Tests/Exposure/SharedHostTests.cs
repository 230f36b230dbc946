using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class SharedHostTests : IAsyncLifetime
{
    private const string Gateway = """{"gateway": {"parentRefs": [{"name": "edge"}], "hostnames": ["pets.example.com"]}}""";

    private readonly FakeCluster _cluster = new() { HasGatewayApi = true };
    private readonly FakeKubelet _kubelet;
    private RunningOperator? _operator;

    public SharedHostTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task The_younger_of_two_mocks_of_one_host_is_told_and_gets_it_when_the_elder_goes()
    {
        Mock("elder", """{"ingress": {"host": "pets.example.com"}}""", "bank");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "elder-mock", "bank") is not null);
        Mock("younger", """{"ingress": {"host": "pets.example.com", "path": "/"}}""");
        await ExposedAsync("younger", "False", "HostConflict");
        Assert.Null(_cluster.Find("ingresses", "younger-mock"));
        string message = (string)Condition("younger")!["message"]!;
        Assert.Contains("'pets.example.com'", message, StringComparison.Ordinal);
        Assert.DoesNotContain("bank", message, StringComparison.Ordinal);

        _cluster.Remove("mockservers", "elder", "bank");
        await ExposedAsync("younger", "True", "IngressApplied");
    }

    [Fact]
    public async Task A_host_that_an_elder_mock_comes_to_name_is_taken_from_the_younger()
    {
        Mock("elder", """{"ingress": {"host": "other.example.com"}}""");
        Mock("younger", """{"ingress": {"host": "pets.example.com"}}""");
        await ExposedAsync("younger", "True", "IngressApplied");
        Mock("elder", """{"ingress": {"host": "pets.example.com"}}""");
        await ExposedAsync("younger", "False", "HostConflict");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "younger-mock") is null);
        await ExposedAsync("elder", "True", "IngressApplied");
    }

    [Theory]
    [InlineData("""{"ingress": {"host": "pets.example.com", "path": "/v2"}}""")]
    [InlineData("""{"ingress": {"host": "pets.example.com", "className": "inside"}}""")]
    public async Task Another_path_or_class_is_no_conflict(string spec)
    {
        Mock("elder", """{"ingress": {"host": "pets.example.com", "className": "outside"}}""");
        Mock("younger", spec);
        await ExposedAsync("elder", "True", "IngressApplied");
        await ExposedAsync("younger", "True", "IngressApplied");
    }

    [Fact]
    public async Task Two_routes_of_one_host_at_one_gateway_are_a_conflict_and_at_two_are_none()
    {
        Mock("elder", Gateway);
        Mock("younger", Gateway);
        Mock("aside", Gateway.Replace("edge", "inside", StringComparison.Ordinal));
        await ExposedAsync("elder", "Unknown", "RoutePending");
        await ExposedAsync("aside", "Unknown", "RoutePending");
        await ExposedAsync("younger", "False", "HostConflict");
        Assert.Null(_cluster.Find("httproutes", "younger-mock"));
    }

    [Fact]
    public async Task A_route_goes_when_one_edit_mends_an_invalid_spec_and_drops_the_gateway()
    {
        Mock("routed", Gateway);
        await ExposedAsync("routed", "Unknown", "RoutePending");
        Mock("routed", """{"cors": {"allowCredentials": true}}""");
        await Eventually.TrueAsync(() => Condition("routed") is null);
        Assert.NotNull(_cluster.Find("httproutes", "routed-mock"));
        Mock("routed", """{"cors": null, "gateway": null}""");
        await Eventually.TrueAsync(() => _cluster.Find("httproutes", "routed-mock") is null);
    }

    [Fact]
    public async Task A_route_goes_though_the_operator_was_away_when_the_spec_changed()
    {
        Mock("routed", Gateway);
        await ExposedAsync("routed", "Unknown", "RoutePending");
        await _operator!.DisposeAsync();
        _cluster.Put("mockservers", "routed", new JsonObject { ["spec"] = new JsonObject { ["gateway"] = null } }, status: []);
        _operator = await RunningOperator.StartAsync(_cluster, _kubelet);
        await Eventually.TrueAsync(() => _cluster.Find("httproutes", "routed-mock") is null);
    }

    [Fact]
    public async Task An_invalid_spec_that_asks_for_no_ingress_takes_it_away()
    {
        Mock("outside", """{"ingress": {"host": "pets.example.com"}}""");
        await ExposedAsync("outside", "True", "IngressApplied");
        Mock("outside", """{"ingress": null, "cors": {"allowCredentials": true}}""");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "outside-mock") is null);
    }

    [Fact]
    public async Task An_ingress_goes_with_the_host_that_the_spec_no_longer_names()
    {
        Mock("outside", """{"ingress": {"host": "pets.example.com"}}""");
        await ExposedAsync("outside", "True", "IngressApplied");
        Mock("outside", """{"ingress": {"host": null}}""");
        await ExposedAsync("outside", "False", "InvalidExposure");
        await Eventually.TrueAsync(() => _cluster.Find("ingresses", "outside-mock") is null);
    }

    private void Mock(string name, string spec, string ns = "demo")
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", name, new JsonObject { ["spec"] = whole }, ns: ns);
    }

    private JsonNode? Condition(string name) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Exposed");

    private Task ExposedAsync(string name, string status, string reason) => Eventually.TrueAsync(
        () => Condition(name) is { } condition && (string?)condition["status"] == status && (string?)condition["reason"] == reason,
        () => $"{_cluster.Find("mockservers", name)?.ToJsonString()}\n{string.Join('\n', _cluster.Writes)}");
}
