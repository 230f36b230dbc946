using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>One Middleware's life. The definition is the cluster's own, so all of it is one test.</summary>
public class TraefikTests(TestCluster cluster)
{
    private const string Ingress = "apis/networking.k8s.io/v1/namespaces/default/ingresses/balanced-mock";
    private const string Class = "apis/networking.k8s.io/v1/ingressclasses/edge";
    private const string Middlewares = "apis/traefik.io/v1alpha1/namespaces/default/middlewares";
    private const string Middleware = $"{Middlewares}/balanced-mock";
    private const string Expose = """ "ingress": {"className": "edge", "host": "balanced.example.com", "annotations": {"traefik.ingress.kubernetes.io/router.middlewares": "default-auth@kubernetescrd"}} """;
    private const string Cors = """{"at": "Ingress", "allowOrigins": ["https://app.example.com", "https://*.example.org:8443"], "allowHeaders": ["X-Trace"], "exposeHeaders": ["X-Total"], "allowCredentials": true, "maxAge": "1h"}""";

    [Fact]
    public async Task CORS_at_Traefik_is_a_Middleware_that_comes_and_goes_with_its_Ingress()
    {
        await cluster.Api.ApplyAsync(Class, JsonNode.Parse("""
            {"apiVersion": "networking.k8s.io/v1", "kind": "IngressClass", "metadata": {"name": "edge"}, "spec": {"controller": "traefik.io/ingress-controller"}}
            """)!.AsObject());
        var definition = await ForeignDefinition.MiddlewareAsync();
        await using var mock = await RunningMock.StartAsync(cluster, "balanced", Spec(Cors));
        try
        {
            Assert.Equal("TraefikAbsent", (string?)(await mock.ConditionAsync("Exposed", "False"))["reason"]);
            Assert.Null(await cluster.Api.FindAsync(Ingress));

            // The operator finds what is installed while it runs.
            await definition.InstallAsync(cluster);
            await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
            Assert.Equal("http://balanced.example.com", (string?)(await cluster.Api.GetAsync(mock.Path))["status"]!["externalUrl"]);
            Assert.Equal("default-auth@kubernetescrd,default-balanced-mock@kubernetescrd", await ReferencesAsync());
            await AssertKeptAsync(Cors);

            var other = Cors.Replace("https://app.example.com", "https://other.example.com", StringComparison.Ordinal);
            await mock.ApplyAsync(Spec(other));
            await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
            await AssertKeptAsync(other);

            await mock.ApplyAsync($"{{{Expose}}}");
            await MiddlewareGoneAsync();
            Assert.Equal("default-auth@kubernetescrd", await ReferencesAsync());

            await AMiddlewareOfOthersStaysAsync(mock);
            await mock.ApplyAsync(Spec(other));
            await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
            await cluster.Api.DeleteAsync(mock.Path);
            await MiddlewareGoneAsync();
            await Eventually.TrueAsync("the Ingress is gone", async () => await cluster.Api.FindAsync(Ingress) is null, cluster.StateAsync);
        }
        finally
        {
            await definition.RemoveAsync(cluster);
            await cluster.Api.DeleteAsync(Class);
        }
    }

    private async Task AMiddlewareOfOthersStaysAsync(RunningMock mock)
    {
        await cluster.Api.ApplyAsync(Middleware, JsonNode.Parse("""
            {"apiVersion": "traefik.io/v1alpha1", "kind": "Middleware", "metadata": {"name": "balanced-mock"}, "spec": {"addPrefix": {"prefix": "/theirs"}}}
            """)!.AsObject());
        await mock.ApplyAsync(Spec(Cors));
        Assert.Equal("NameConflict", (string?)(await mock.ConditionAsync("Exposed", "False"))["reason"]);
        Assert.Equal("""{"addPrefix":{"prefix":"/theirs"}}""", (await cluster.Api.GetAsync(Middleware))["spec"]!.ToJsonString());
        await cluster.Api.DeleteAsync(Middleware);
    }

    /// <summary>Every field that is rendered is in the Middleware as the server has it.</summary>
    private async Task AssertKeptAsync(string cors)
    {
        var spec = JsonSerializer.Deserialize(cors, ResourceJson.Default.CorsSpec);
        Assert.True(CorsAtIngress.TryRender(spec, null, IngressControllerKind.Traefik, "any", out var rendered, out var problem), problem);
        Rendered.AssertKept(rendered.Middleware!, (await cluster.Api.GetAsync(Middleware))["spec"]);
    }

    private static string Spec(string cors) => $"{{{Expose}, \"cors\": {cors}}}";

    private async Task<string?> ReferencesAsync() => (string?)(await cluster.Api.GetAsync(Ingress))["metadata"]!["annotations"]![MiddlewareExposer.Annotation];

    private Task MiddlewareGoneAsync() => Eventually.TrueAsync("the Middleware is gone", async () => await cluster.Api.FindAsync(Middleware) is null, cluster.StateAsync);
}
