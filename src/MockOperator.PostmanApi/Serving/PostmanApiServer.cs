using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using MockOperator.Kubernetes.Serving;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Errors;

namespace MockOperator.PostmanApi.Serving;

/// <summary>The API on a port of its own. It logs no requests, reads no configuration of the directory that it is started in, and speaks no TLS.</summary>
public sealed class PostmanApiServer : IAsyncDisposable
{
    private const int LongestRequestLine = 32 * 1024;
    private const int LongestHeaders = 64 * 1024;
    private const int MostConnections = 150;
    private static readonly TimeSpan HeadersPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan FarewellPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _server;

    private PostmanApiServer(WebApplication server, IPEndPoint endPoint)
    {
        _server = server;
        EndPoint = endPoint;
    }

    /// <summary>Where it listens.</summary>
    public IPEndPoint EndPoint { get; }

    /// <summary>Opens it.</summary>
    /// <param name="endPoint">Where to listen; port 0 for a free one. On a loopback address, requests to any other host's name are refused, as pages send them whose name leads here (DNS rebinding).</param>
    /// <param name="callers">Who may call, and as whom.</param>
    /// <param name="time">The clock of limits.</param>
    /// <param name="log">Where faults of this program go; null for nowhere.</param>
    /// <param name="cancellationToken">Ends the opening.</param>
    /// <returns>The open server.</returns>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<PostmanApiServer> OpenAsync(IPEndPoint endPoint, PostmanCallers callers, TimeProvider? time = null, ILogger? log = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(endPoint);
        ArgumentNullException.ThrowIfNull(callers);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().BoundConnections(MostConnections).ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.Limits.MaxRequestLineSize = LongestRequestLine;
            options.Limits.MaxRequestHeadersTotalSize = LongestHeaders;
            options.Limits.RequestHeadersTimeout = HeadersPatience;
            options.Listen(endPoint, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        var server = builder.Build();
        try
        {
            if (IPAddress.IsLoopback(endPoint.Address))
                server.Use(RefuseOtherHosts);
            server.UseRouting();
            server.MapPostmanApi(callers, time, log);
            await server.StartAsync(cancellationToken);
            var address = server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
            return new PostmanApiServer(server, new IPEndPoint(endPoint.Address, new Uri(address).Port));
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(FarewellPatience);
        await _server.StopAsync(patience.Token);
        await _server.DisposeAsync();
    }

    private static Task RefuseOtherHosts(HttpContext http, RequestDelegate next)
    {
        var host = http.Request.Host.Host;
        return host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address))
            ? next(http)
            : ErrorWriter.WriteAsync(http, KnownErrors.UnknownHost, badRequestsAreProblems: true, notFoundIsProblem: true);
    }
}
