using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Configuration;

namespace MockOperator.Runtime.Tests.Content;

/// <summary>YARP in this process, in front of one mock. Unless it is told otherwise it calls the mock by the address of the pod, as its ingress controller does.</summary>
internal sealed class YarpProxy : IAsyncDisposable
{
    private readonly WebApplication _app;

    private YarpProxy(WebApplication app)
    {
        _app = app;
        Client = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = new Uri(app.Urls.Single()), Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Client { get; }

    /// <summary>Starts it.</summary>
    /// <param name="mockPort">Port of the mock.</param>
    /// <param name="leavesHost">Whether it calls the mock by the host that it was called by.</param>
    /// <param name="takesOff">A prefix that it takes off the path; null for none.</param>
    public static async Task<YarpProxy> StartAsync(int mockPort, bool leavesHost = false, string? takesOff = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(static kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddReverseProxy().LoadFromMemory(
            [
                new RouteConfig
                {
                    RouteId = "mock",
                    ClusterId = "pods",
                    Match = new RouteMatch { Path = "{**rest}" },
                    Transforms = [new Dictionary<string, string>(StringComparer.Ordinal) { ["RequestHeaderOriginalHost"] = leavesHost ? "true" : "false" }],
                },
            ],
            [
                new ClusterConfig
                {
                    ClusterId = "pods",
                    Destinations = new Dictionary<string, DestinationConfig>(StringComparer.Ordinal) { ["pod"] = new DestinationConfig { Address = $"http://127.0.0.1:{mockPort}/" } },
                },
            ]);
        WebApplication app = builder.Build();
        if (takesOff is not null)
        {
            app.UsePathBase(takesOff);
            app.UseRouting();
        }

        app.MapReverseProxy();
        await app.StartAsync();
        return new YarpProxy(app);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _app.DisposeAsync();
    }
}
