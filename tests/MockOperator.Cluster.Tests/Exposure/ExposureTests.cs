using System.Net;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Exposure;

public class ExposureTests(TestCluster cluster)
{
    private const string Ingresses = "apis/networking.k8s.io/v1/namespaces/default/ingresses";

    [Fact]
    public async Task An_ingress_leads_a_reverse_proxy_to_the_mock_below_its_prefix()
    {
        await using var mock = await RunningMock.StartAsync(
            cluster, "outside", """{"ingress": {"host": "pets.example.com", "path": "/v1"}, "publishUrl": {"address": "External", "configMap": {"name": "outside-env", "key": "PETS_URL"}}, "cors": {"allowOrigins": ["https://app.example.com"]}}""");
        var pending = await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
        Assert.Contains("kubectl describe ingress outside-mock", (string?)pending["message"], StringComparison.Ordinal);
        await mock.ConditionAsync("Ready", "True");
        await mock.ConditionAsync("UrlPublished", "False", "NotExposed");
        await PlayedController.TakeAsync(cluster, "outside");
        await mock.ConditionAsync("Exposed", "True", "IngressApplied");
        await mock.ConditionAsync("UrlPublished", "True");
        Assert.Equal("http://pets.example.com/v1", (string?)(await cluster.Api.GetAsync("api/v1/namespaces/default/configmaps/outside-env"))["data"]!["PETS_URL"]);
        Assert.Equal("http://pets.example.com/v1", (string?)(await cluster.Api.GetAsync(mock.Path))["status"]!["externalUrl"]);

        var ingress = await cluster.Api.GetAsync($"{Ingresses}/outside-mock");
        await using var proxy = await NginxProxy.StartAsync(ingress, mock.Address);
        await Eventually.TrueAsync(
            "the mock answers below its prefix",
            async () => (await mock.SendAsync(proxy.Address, "GET", "/v1/pets", ("Host", "pets.example.com"))).StatusCode == HttpStatusCode.OK,
            cluster.StateAsync);
        Assert.Equal(HttpStatusCode.NotFound, (await mock.SendAsync(proxy.Address, "GET", "/pets", ("Host", "pets.example.com"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await mock.SendAsync("GET", "/pets")).StatusCode);

        var preflight = await mock.SendAsync(
            proxy.Address, "OPTIONS", "/v1/pets", ("Host", "pets.example.com"), ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Equal("https://app.example.com", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));

        await mock.ApplyAsync("{}");
        await Eventually.TrueAsync("the Ingress is gone", async () => await cluster.Api.FindAsync($"{Ingresses}/outside-mock") is null, cluster.StateAsync);
    }

    [Fact]
    public async Task An_ingress_that_is_no_longer_asked_for_goes_although_the_spec_was_invalid_meanwhile()
    {
        const string Exposed = """ "ingress": {"host": "interim.example.com"} """;
        await using var mock = await RunningMock.StartAsync(cluster, "interim", $"{{{Exposed}}}");
        await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
        await mock.ConditionAsync("Ready", "True");

        await mock.ApplyAsync($$$$"""{{{{{Exposed}}}}, "collection": {"postman": {"item": null}}}""");
        await mock.ConditionAsync("Ready", "False", "InvalidCollection");
        // No schema forbids it, so every API server takes it.
        await mock.ApplyAsync($$$$"""{{{{{Exposed}}}}, "podTemplate": {"spec": {"hostNetwork": true}}}""");
        await mock.ConditionAsync("Ready", "False", "InvalidSpec");
        Assert.NotNull(await cluster.Api.FindAsync($"{Ingresses}/interim-mock"));

        await mock.ApplyAsync("{}");
        await Eventually.TrueAsync("the Ingress is gone", async () => await cluster.Api.FindAsync($"{Ingresses}/interim-mock") is null, cluster.StateAsync);
        await mock.ConditionAsync("Ready", "True");
        Assert.Null((await cluster.Api.GetAsync(mock.Path))["status"]!["externalUrl"]);
    }

    [Fact]
    public async Task CORS_at_the_ingress_controller_silences_the_runtime()
    {
        await using var mock = await RunningMock.StartAsync(
            cluster, "fronted", """{"ingress": {"className": "nginx", "host": "fronted.example.com"}, "cors": {"at": "Ingress", "allowHeaders": ["X-Trace"]}}""");
        await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
        await mock.ConditionAsync("Ready", "True");
        var annotations = (await cluster.Api.GetAsync($"{Ingresses}/fronted-mock"))["metadata"]!["annotations"]!;
        Assert.Equal("true", (string?)annotations["nginx.ingress.kubernetes.io/enable-cors"]);
        Assert.Equal("false", (string?)annotations["nginx.ingress.kubernetes.io/cors-allow-credentials"]);
        await mock.AnswersAsync(HttpStatusCode.OK);
        Assert.False((await mock.SendAsync("GET", "/pets", ("Origin", "https://app.example.com"))).Headers.Contains("Access-Control-Allow-Origin"));

        await mock.ApplyAsync("""{"ingress": {"className": "nginx", "host": "fronted.example.com"}, "cors": {"at": "Ingress"}}""");
        Assert.Equal("CorsNotExpressible", (string?)(await mock.ConditionAsync("Exposed", "False"))["reason"]);
    }

    [Fact]
    public async Task Credentials_for_every_origin_are_refused()
    {
        try
        {
            await using var mock = await RunningMock.StartAsync(cluster, "unsafe", """{"cors": {"allowOrigins": ["*"], "allowCredentials": true}}""");
            Assert.Equal("InvalidSpec", (string?)(await mock.ConditionAsync("Ready", "False"))["reason"]);
        }
        catch (HttpRequestException refused) when (cluster.Minor >= 25)
        {
            Assert.Contains("credentials exclude", refused.Message, StringComparison.Ordinal);
        }
    }
}
