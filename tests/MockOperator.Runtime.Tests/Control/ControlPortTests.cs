using System.Net;
using MockOperator.Runtime.Control;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Control;

public sealed class ControlPortTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Bearer ")]
    [InlineData("Bearer wrong")]
    [InlineData("Basic a token for tests")]
    public async Task Without_the_token_nothing_is_told(string? authorization)
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/control/v1/revision");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using HttpResponseMessage response = await host.Control.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task The_revision_and_the_number_of_examples_are_told()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Equal("{\"revision\":\"r1\",\"examples\":1,\"problem\":null}", await host.WaitForAsync("r1"));
    }

    [Fact]
    public async Task A_wait_ends_when_its_time_is_up()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/control/v1/revision?wait=never&timeoutSeconds=1");
        request.Headers.TryAddWithoutValidation("Authorization", "Bearer " + MountedBundle.Token);
        using HttpResponseMessage response = await host.Control.SendAsync(request, Cancel);
        Assert.Contains("\"revision\":\"r1\"", await response.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_anything_is_served_the_index_that_is_there_opens_the_port()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("bad", MountedBundle.Definition(), "not JSON"u8.ToArray());
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        Assert.Contains("\"problem\":\"No example", await host.WaitForAsync("bad"), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_hash_no_token_opens_the_port()
    {
        Assert.False(ControlToken.Opens("Bearer x", null));
        Assert.False(ControlToken.Opens("Bearer x", ""));
        Assert.False(ControlToken.Opens("Bearer ", MountedBundle.TokenHash));
        Assert.False(ControlToken.Opens("Bearer " + new string('x', 10_000), MountedBundle.TokenHash));
        Assert.True(ControlToken.Opens("Bearer " + MountedBundle.Token, MountedBundle.TokenHash));
    }
}
