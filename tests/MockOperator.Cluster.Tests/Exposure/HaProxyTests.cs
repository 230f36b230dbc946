using System.Net;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Exposure;

public class HaProxyTests(TestCluster cluster)
{
    private const string Ingress = "apis/networking.k8s.io/v1/namespaces/default/ingresses/haproxied-mock";

    [Fact]
    public async Task HAProxy_speaks_CORS_as_the_annotations_of_the_Ingress_say()
    {
        await using var mock = await RunningMock.StartAsync(cluster, "haproxied", """
            {"ingress": {"className": "haproxy", "host": "haproxied.example.com"},
             "cors": {"at": "Ingress", "allowOrigins": ["https://app.example.com", "https://*.example.org:8443", "https://pr-*.example.net", "http://[::1]:3000"],
                      "allowMethods": ["GET", "PUT"], "allowHeaders": ["X-Trace", "Content-Type"], "exposeHeaders": [], "allowCredentials": true, "maxAge": "1h"}}
            """);
        await mock.ConditionAsync("Exposed", "Unknown", "AddressPending");
        await mock.ConditionAsync("Ready", "True");
        await mock.AnswersAsync(HttpStatusCode.OK);
        await using var proxy = await HaProxy.StartAsync(await cluster.Api.GetAsync(Ingress), mock.Address);

        Task<HttpResponseMessage> PreflightAsync(string origin) =>
            mock.SendAsync(proxy.Address, "OPTIONS", "/pets", ("Origin", origin), ("Access-Control-Request-Method", "PUT"), ("Access-Control-Request-Headers", "x-trace"));

        foreach (var origin in new[] { "https://app.example.com", "https://a.b.example.org:8443", "https://pr-7.example.net", "http://[::1]:3000" })
        {
            var preflight = await PreflightAsync(origin);
            Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
            Assert.Equal(origin, Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Origin")));
            Assert.Equal("GET, PUT", string.Join(", ", preflight.Headers.GetValues("Access-Control-Allow-Methods")));
            Assert.Equal("X-Trace, Content-Type", string.Join(", ", preflight.Headers.GetValues("Access-Control-Allow-Headers")));
            Assert.Equal("true", Assert.Single(preflight.Headers.GetValues("Access-Control-Allow-Credentials")));
            Assert.Equal("3600", Assert.Single(preflight.Headers.GetValues("Access-Control-Max-Age")));
            Assert.Equal(origin, Assert.Single((await mock.SendAsync(proxy.Address, "GET", "/pets", ("Origin", origin))).Headers.GetValues("Access-Control-Allow-Origin")));
        }

        foreach (var origin in new[] { "https://appXexample.com", "https://example.org:8443", "https://a.example.org:84430", "https://aXexample.org:8443", "https://pr-7.a.example.net", "null" })
        {
            Assert.False((await PreflightAsync(origin)).Headers.Contains("Access-Control-Allow-Origin"), origin);
            Assert.False((await mock.SendAsync(proxy.Address, "GET", "/pets", ("Origin", origin))).Headers.Contains("Access-Control-Allow-Origin"), origin);
        }
    }
}
