using System.Text.Json;
using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Kinds;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>One HTTPRoute's life. The definitions are the cluster's own, so all of it is one test.</summary>
public class GatewayApiTests(TestCluster cluster)
{
    private const string Routes = "apis/gateway.networking.k8s.io/v1/namespaces/default/httproutes";
    private const string Route = $"{Routes}/routed-mock";
    private const string Edge = "apis/gateway.networking.k8s.io/v1/namespaces/infra/gateways/edge";
    private const string Gateway = """ "gateway": {"parentRefs": [{"name": "edge", "namespace": "infra", "sectionName": "https", "port": 443}], "hostnames": ["routed.example.com"], "path": "/pets/v1"} """;
    private const string Cors = """ "cors": {"at": "Ingress", "allowOrigins": ["https://app.example.com", "https://*.example.org:8443", "https://app.example.com"], "allowMethods": ["GET", "PUT"], "allowHeaders": ["X-Trace", "x-trace"], "exposeHeaders": ["X-Total", "X-Total"], "maxAge": "1h"} """;

    [Fact]
    public async Task A_mock_is_exposed_by_an_HTTPRoute_as_the_installed_Gateway_API_has_it()
    {
        await using var mock = await RunningMock.StartAsync(cluster, "routed", Spec(Gateway));
        await mock.ConditionAsync("Exposed", "False", "GatewayApiAbsent");

        // The operator finds what is installed while it runs.
        var definition = await ForeignDefinition.RouteWithoutCorsAsync();
        await definition.InstallAsync(cluster);
        try
        {
            await mock.ConditionAsync("Exposed", "Unknown", "RoutePending");
            Assert.Equal("https://routed.example.com/pets/v1", (string?)(await cluster.Api.GetAsync(mock.Path))["status"]!["externalUrl"]);
            await AssertKeptAsync(Spec(Gateway));

            await ItsGatewayFollowsAsync(mock);
            await TheListenerSaysHowItIsReachedAsync(mock);
            await WithoutFilterCorsIsRefusedAsync(mock);
            definition = await ForeignDefinition.RouteWithCorsAsync();
            await definition.InstallAsync(cluster);
            await FilterIsKnownAsync();
            await WithFilterCorsIsRenderedAsync(mock);

            await mock.ApplyAsync("{}");
            await GoneAsync();
            await mock.ApplyAsync(Spec(Gateway));
            await mock.ConditionAsync("Exposed", "Unknown");
            await cluster.Api.DeleteAsync(mock.Path);
            await GoneAsync();
        }
        finally
        {
            await definition.RemoveAsync(cluster);
        }
    }

    private async Task ItsGatewayFollowsAsync(RunningMock mock)
    {
        await SayAsync("True", "Accepted");
        await mock.ConditionAsync("Exposed", "True", "RouteAccepted");

        // What the Gateway said of the route before says nothing of the route as it is now.
        await mock.ApplyAsync(Spec(Gateway.Replace("routed.example.com", "other.example.com", StringComparison.Ordinal)));
        await mock.ConditionAsync("Exposed", "Unknown", "RoutePending");
        Assert.Equal("other.example.com", (string?)(await cluster.Api.GetAsync(Route))["spec"]!["hostnames"]![0]);
        await SayAsync("False", "NoMatchingListenerHostname");
        var refused = await mock.ConditionAsync("Exposed", "False", "RouteNotAccepted");
        Assert.Contains("NoMatchingListenerHostname", (string?)refused["message"], StringComparison.Ordinal);
    }

    private async Task TheListenerSaysHowItIsReachedAsync(RunningMock mock)
    {
        // Without Gateways to look at, what is said of the route has to do.
        await SayAsync("True", "Accepted");
        await mock.ConditionAsync("Exposed", "True", "RouteAccepted");
        Assert.Equal("https://other.example.com/pets/v1", await ExternalUrlAsync(mock));

        await cluster.Api.ApplyAsync("api/v1/namespaces/infra", JsonNode.Parse("""{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "infra"}}""")!.AsObject());
        var definition = await ForeignDefinition.GatewayAsync();
        await definition.InstallAsync(cluster);
        try
        {
            var missing = await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
            Assert.Contains("no Gateway 'infra/edge'", (string?)missing["message"], StringComparison.Ordinal);

            await cluster.Api.ApplyAsync(Edge, JsonNode.Parse("""
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "Gateway", "metadata": {"name": "edge"},
                 "spec": {"gatewayClassName": "any", "listeners": [{"name": "https", "port": 443, "protocol": "HTTP", "allowedRoutes": {"namespaces": {"from": "All"}}}]}}
                """)!.AsObject());
            await Eventually.TrueAsync("the URL is that of the listener", async () => await ExternalUrlAsync(mock) == "http://other.example.com:443/pets/v1", cluster.StateAsync);
            await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
            await mock.ConditionAsync("Ready", "True");

            await cluster.Api.MergeAsync($"{Edge}/status", JsonNode.Parse("""
                {"status": {"addresses": [{"type": "IPAddress", "value": "192.0.2.1"}], "conditions": [
                  {"type": "Programmed", "status": "True", "reason": "Programmed", "message": "said by the test", "observedGeneration": 1, "lastTransitionTime": "2026-01-01T00:00:00Z"}]}}
                """)!.AsObject());
            await mock.ConditionAsync("Exposed", "True", "RouteAccepted");
        }
        finally
        {
            await definition.RemoveAsync(cluster);
        }
    }

    private async Task<string?> ExternalUrlAsync(RunningMock mock) => (string?)(await cluster.Api.GetAsync(mock.Path))["status"]!["externalUrl"];

    private async Task WithoutFilterCorsIsRefusedAsync(RunningMock mock)
    {
        await mock.ApplyAsync(Spec(Gateway, Cors));
        await mock.ConditionAsync("Exposed", "False", "CorsNotExpressible");
        await GoneAsync();
    }

    private async Task WithFilterCorsIsRenderedAsync(RunningMock mock)
    {
        var spec = Spec(Gateway, Cors.Replace("1h", "2h", StringComparison.Ordinal));
        await mock.ApplyAsync(spec);
        await mock.ConditionAsync("Exposed", "Unknown");
        var route = await AssertKeptAsync(spec);

        // An edit that says nothing of the route writes no route.
        var edited = Spec(Gateway, Cors.Replace("1h", "2h", StringComparison.Ordinal), """ "delay": {"fixed": "1ms"} """);
        await mock.ApplyAsync(edited);
        await mock.ConditionAsync("Programmed", "True");
        await mock.ConditionAsync("Exposed", "Unknown");
        Assert.Equal(Version(route), Version(await AssertKeptAsync(edited)));

        var open = Spec(Gateway, """ "cors": {"at": "Ingress", "allowHeaders": ["X-Trace"]} """);
        await mock.ApplyAsync(open);
        await mock.ConditionAsync("Exposed", "Unknown");
        await AssertKeptAsync(open);

        await mock.ApplyAsync(Spec(Gateway, """ "cors": {"at": "Ingress", "allowHeaders": ["X-Trace"], "maxAge": "0s"} """));
        var refused = await mock.ConditionAsync("Exposed", "False");
        Assert.Equal("CorsNotExpressible", (string?)refused["reason"]);
        Assert.Contains("maxAge", (string?)refused["message"], StringComparison.Ordinal);
        await GoneAsync();
    }

    /// <summary>Waits until the API server goes by the new definition, as it does some time after it took it.</summary>
    private Task FilterIsKnownAsync() => Eventually.TrueAsync(
        "a route may have a CORS filter",
        async () =>
        {
            var stored = await cluster.Api.CreateAsync($"{Routes}?dryRun=All", JsonNode.Parse("""
                {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "probe"},
                 "spec": {"rules": [{"filters": [{"type": "CORS", "cors": {"allowOrigins": ["*"]}}]}]}}
                """)!.AsObject());
            return stored["spec"]!["rules"]![0]!["filters"]![0]!["cors"] is not null;
        },
        cluster.StateAsync);

    /// <summary>The route as the server has it: every field that is rendered is there.</summary>
    private async Task<JsonObject> AssertKeptAsync(string spec)
    {
        var mock = new MockServer
        {
            Metadata = new V1ObjectMeta { Name = "routed", NamespaceProperty = "default", Uid = "any" },
            Spec = JsonSerializer.Deserialize(spec, ResourceJson.Default.MockServerSpec),
        };
        JsonObject? filter = null;
        if (mock.Spec!.Cors is { } cors)
            Assert.True(ExplicitCors.TryExpand(cors, null, out var rules, out _) && CorsAtGateway.TryRender(rules, out filter, out _));
        var stored = await cluster.Api.GetAsync(Route);
        Rendered.AssertKept(HttpRouteBuilder.Build(mock, ExposurePlan.Of(mock, null).Gateway, filter).Spec!, stored["spec"]);
        return stored;
    }

    /// <summary>Says of the route what its Gateway would.</summary>
    private async Task SayAsync(string accepted, string reason)
    {
        var generation = (long)(await cluster.Api.GetAsync(Route))["metadata"]!["generation"]!;
        await cluster.Api.MergeAsync($"{Route}/status", JsonNode.Parse($$$"""
            {"status": {"parents": [{"parentRef": {"name": "edge", "namespace": "infra"}, "controllerName": "example.com/gateway", "conditions": [
              {"type": "Accepted", "status": "{{{accepted}}}", "reason": "{{{reason}}}", "message": "said by the test", "observedGeneration": {{{generation}}}, "lastTransitionTime": "2026-01-01T00:00:00Z"}]}]}}
            """)!.AsObject());
    }

    private Task GoneAsync() => Eventually.TrueAsync("the HTTPRoute is gone", async () => await cluster.Api.FindAsync(Route) is null, cluster.StateAsync);

    private static string Spec(params string[] fields) => $"{{{string.Join(',', fields)}}}";

    private static string? Version(JsonObject route) => (string?)route["metadata"]!["resourceVersion"];
}
