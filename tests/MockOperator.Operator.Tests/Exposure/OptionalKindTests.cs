using System.Text.Json.Nodes;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Exposure;

/// <summary>Kinds of other projects come and go while the operator runs.</summary>
public sealed class OptionalKindTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private readonly FakeKubelet _kubelet;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private RunningOperator? _operator;

    public OptionalKindTests() => _kubelet = new FakeKubelet(_cluster);

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, _kubelet, clock: _clock);

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task A_mock_is_exposed_when_the_Gateway_API_comes_and_told_when_it_goes()
    {
        Mock("routed", """{"gateway": {"parentRefs": [{"name": "edge"}], "hostnames": ["pets.example.com"]}}""");
        await ExposedAsync("routed", "False", "GatewayApiAbsent");
        _cluster.HasGatewayApi = true;
        await ExposedAsync("routed", "Unknown", "RoutePending");
        Accept("routed-mock", "True", "Accepted");
        await ExposedAsync("routed", "Unknown", "AddressPending");
        _cluster.Put("gateways", "edge", [], JsonNode.Parse("""{"conditions": [{"type": "Programmed", "status": "True"}]}""")!.AsObject());
        await ExposedAsync("routed", "True", "RouteAccepted");
        Accept("routed-mock", "False", "NotAllowedByListeners");
        await ExposedAsync("routed", "False", "RouteNotAccepted");
        _cluster.HasGatewayApi = false;
        await ExposedAsync("routed", "False", "GatewayApiAbsent");
        _cluster.HasGatewayApi = true;
        await ExposedAsync("routed", "Unknown", "RoutePending");
    }

    [Fact]
    public async Task A_Middleware_comes_with_its_kind_and_goes_with_the_rules()
    {
        const string Ingress = """ "ingress": {"className": "traefik", "host": "pets.example.com"} """;
        Mock("balanced", $$"""{ {{Ingress}}, "cors": {"at": "Ingress", "allowOrigins": ["https://app.example.com"], "allowHeaders": ["X-A"]} }""");
        await ExposedAsync("balanced", "False", "TraefikAbsent");
        _cluster.HasTraefik = true;
        await ExposedAsync("balanced", "True", "IngressApplied");
        Assert.NotNull(_cluster.Find("middlewares", "balanced-mock"));
        Mock("balanced", $$"""{ {{Ingress}}, "cors": null }""");
        await TrueAsync(() => _cluster.Find("middlewares", "balanced-mock") is null);
    }

    [Fact]
    public async Task An_IngressClass_that_comes_late_says_whose_annotations_to_render()
    {
        Mock("fronted", """{"ingress": {"className": "edge", "host": "a.example.com"}, "cors": {"at": "Ingress", "allowHeaders": ["X-A"]}}""");
        await ExposedAsync("fronted", "False", "CorsNotExpressible");
        _cluster.Put("ingressclasses", "edge", new JsonObject { ["spec"] = new JsonObject { ["controller"] = "k8s.io/ingress-nginx" } }, ns: "");
        await ExposedAsync("fronted", "True", "IngressApplied");
    }

    private void Accept(string route, string status, string reason) => _cluster.Put("httproutes", route, [], JsonNode.Parse($$"""
        {"parents": [{"parentRef": {"name": "edge"}, "conditions": [{"type": "Accepted", "status": "{{status}}", "reason": "{{reason}}", "message": "said by the test"}]}]}
        """)!.AsObject());

    private void Mock(string name, string spec)
    {
        JsonObject whole = JsonNode.Parse(spec)!.AsObject();
        whole["collection"] = JsonNode.Parse("""{"examples": [{"name": "/", "request": {"path": "/"}, "response": {"body": "hi"}}]}""");
        _cluster.Put("mockservers", name, new JsonObject { ["spec"] = whole });
    }

    private JsonNode? Condition(string name) =>
        (_cluster.Find("mockservers", name)?["status"]?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Exposed");

    private Task ExposedAsync(string name, string status, string reason) =>
        TrueAsync(() => Condition(name) is { } condition && (string?)condition["status"] == status && (string?)condition["reason"] == reason);

    private Task TrueAsync(Func<bool> condition) => Eventually.TrueAsync(
        () =>
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            return condition();
        },
        () => $"{string.Join('\n', _cluster.List("mockservers").Select(static mock => mock.ToJsonString()))}\n{string.Join('\n', _cluster.Writes)}");
}
