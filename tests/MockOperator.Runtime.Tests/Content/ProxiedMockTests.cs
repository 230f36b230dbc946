using System.Net;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Calls;

namespace MockOperator.Runtime.Tests.Content;

/// <summary>A mock that is exposed below a prefix, behind a proxy that does not leave <c>Host</c> as it was.</summary>
public sealed class ProxiedMockTests
{
    private const string Host = "pets.example.com";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private static MockDefinition Definition => MountedBundle.Definition(MountedBundle.Example("/pets", "Rex"), MountedBundle.Example("/v1/pets", "of version 1")) with
    {
        ExposedPaths = [new ExposedPath { Host = Host, Path = "/v1" }],
    };

    [Fact]
    public async Task A_proxy_that_calls_by_the_address_of_the_pod_and_leaves_the_prefix_is_served()
    {
        await using CalledMock mock = await CalledMock.StartAsync(Definition);
        await using YarpProxy proxy = await YarpProxy.StartAsync(mock.Host.Host.MockPort);
        Assert.Equal((HttpStatusCode.OK, "Rex"), await GetAsync(proxy.Client, "/v1/pets"));
        Assert.Equal((HttpStatusCode.OK, "of version 1"), await GetAsync(proxy.Client, "/v1/v1/pets"));

        // The calls tell what was matched, and by which headers.
        CalledRequest[] calls = [.. (await mock.ReadAsync("?include=request.headers")).Calls.Select(static call => call.Request)];
        Assert.Equal(["/pets", "/v1/pets"], calls.Select(static call => call.Path).Order(StringComparer.Ordinal));
        Assert.All(calls, static call => Assert.Contains(new CalledHeader("X-Forwarded-Host", Host), call.Headers!));
    }

    [Fact]
    public async Task A_proxy_that_takes_the_prefix_off_and_says_so_is_served()
    {
        await using CalledMock mock = await CalledMock.StartAsync(Definition);
        await using YarpProxy proxy = await YarpProxy.StartAsync(mock.Host.Host.MockPort, takesOff: "/v1");
        Assert.Equal((HttpStatusCode.OK, "Rex"), await GetAsync(proxy.Client, "/v1/pets"));
        Assert.Equal((HttpStatusCode.OK, "of version 1"), await GetAsync(proxy.Client, "/v1/v1/pets"));
    }

    [Fact]
    public async Task A_proxy_that_leaves_the_host_and_takes_the_prefix_off_is_served()
    {
        await using CalledMock mock = await CalledMock.StartAsync(Definition);
        await using YarpProxy proxy = await YarpProxy.StartAsync(mock.Host.Host.MockPort, leavesHost: true, takesOff: "/v1");
        Assert.Equal((HttpStatusCode.OK, "Rex"), await GetAsync(proxy.Client, "/v1/pets"));
        Assert.Equal((HttpStatusCode.OK, "of version 1"), await GetAsync(proxy.Client, "/v1/v1/pets"));
    }

    [Fact]
    public async Task A_proxy_that_leaves_host_and_prefix_is_served()
    {
        await using CalledMock mock = await CalledMock.StartAsync(Definition);
        await using YarpProxy proxy = await YarpProxy.StartAsync(mock.Host.Host.MockPort, leavesHost: true);
        Assert.Equal((HttpStatusCode.OK, "Rex"), await GetAsync(proxy.Client, "/v1/pets"));
    }

    [Fact]
    public async Task The_Service_knows_no_prefix()
    {
        await using CalledMock mock = await CalledMock.StartAsync(Definition);
        Assert.Equal((HttpStatusCode.OK, "of version 1"), await GetAsync(mock.Mock, "/v1/pets", "petstore.shop.svc"));
        Assert.Equal((HttpStatusCode.OK, "Rex"), await GetAsync(mock.Mock, "/pets", "petstore.shop.svc"));
    }

    private static async Task<(HttpStatusCode Status, string Body)> GetAsync(HttpClient client, string path, string host = Host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { Host = host } };
        using HttpResponseMessage response = await client.SendAsync(request, Cancel);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel));
    }
}
