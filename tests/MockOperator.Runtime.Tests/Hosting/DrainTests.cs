using System.Net;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Tests.Bundles;

namespace MockOperator.Runtime.Tests.Hosting;

public sealed class DrainTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task While_load_balancers_notice_the_pod_is_not_ready_but_still_answers()
    {
        var time = new FakeTimeProvider();
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        RuntimeHostOptions options = BundleHost.Loopback with { DrainDelay = TimeSpan.FromSeconds(3) };
        await using BundleHost host = await BundleHost.StartAsync(bundle, options, time);
        Task drained = host.Host.DrainAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await host.Admin.GetAsync("/readyz", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await host.Admin.GetAsync("/healthz", Cancel)).StatusCode);
        using HttpResponseMessage response = await host.Mock.GetAsync("/", Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(response.Headers.ConnectionClose);
        Assert.False(drained.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(3));
        await drained;
        await Assert.ThrowsAsync<HttpRequestException>(() => host.Mock.GetAsync("/", Cancel));
    }

    [Fact]
    public async Task Impatience_ends_it_at_once()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        RuntimeHostOptions options = BundleHost.Loopback with { DrainDelay = TimeSpan.FromHours(1) };
        await using BundleHost host = await BundleHost.StartAsync(bundle, options);
        using var impatience = new CancellationTokenSource();
        Task drained = host.Host.DrainAsync(impatience.Token);
        await impatience.CancelAsync();
        await drained;
    }
}
