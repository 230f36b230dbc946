using System.Net;
using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Testing;

namespace MockOperator.Dashboard.Tests;

public sealed class SilentClientTests
{
    /// <summary>Nor the kubelet, which asks on the same port.</summary>
    [Fact]
    public async Task Who_connects_and_says_nothing_keeps_nobody_out()
    {
        await using Showcase shown = await Showcase.OpenLocalAsync();
        await using var silent = await SilentConnections.OpenAsync(new IPEndPoint(IPAddress.Loopback, shown.Url.Port), 600, TestContext.Current.CancellationToken);
        using var client = new HttpClient();

        Assert.Equal("ok", await client.GetStringAsync(new Uri(shown.Url, "/healthz"), TestContext.Current.CancellationToken));
        using Visitor visitor = await shown.EnterAsync();
        Assert.Contains("petstore", (await visitor.GetAsync("/mocks")).Body, StringComparison.Ordinal);
    }
}
