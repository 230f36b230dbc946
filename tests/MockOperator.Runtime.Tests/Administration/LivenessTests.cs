using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using MockOperator.Runtime.Administration;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.Tests.Administration;

public sealed class LivenessTests
{
    /// <summary>Nothing in the process brings a port back whose server has given up: the kubelet must start another.</summary>
    [Fact]
    public async Task A_process_with_a_dead_port_is_not_alive()
    {
        CancellationToken cancel = TestContext.Current.CancellationToken;
        int? closed = null;
        var application = new AdminApplication(new RuntimeState(), new MockMetrics(), () => closed);
        await using Port port = await Port.OpenAsync(
            IPAddress.Loopback, 0, PortLimits.Internal(8, TimeSpan.FromSeconds(5)), application, NullLoggerFactory.Instance, TimeProvider.System, cancel);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port.Number}") };
        Assert.Equal("ok\n", await client.GetStringAsync("/healthz", cancel));
        Assert.True(port.IsAccepting);

        closed = 8080;

        using HttpResponseMessage answer = await client.GetAsync("/healthz", cancel);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "port 8080 takes no more connections\n"), (answer.StatusCode, await answer.Content.ReadAsStringAsync(cancel)));
        await port.StopAsync(cancel);
        Assert.True(port.IsAccepting);
    }
}
