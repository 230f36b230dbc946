using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace MockOperator.Kubernetes.Serving;

/// <summary>Bounds the open connections of a web server so that nobody is kept out by those who connect and say nothing.</summary>
public static class ConnectionBound
{
    /// <summary>
    /// Lets at most so many connections be open. When all places are taken, a connection makes room for the new one: that which has been without a request for longest, or, if all have one, that whose
    /// request began first. Kestrel's own bound would turn the new one away instead, and with it the probe of a kubelet.
    /// </summary>
    /// <param name="host">The server. To be called before its ports are named.</param>
    /// <param name="most">Connections on all ports together, from 1. As many again may be on their way out.</param>
    /// <returns><paramref name="host"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="most"/> is less than 1.</exception>
    public static IWebHostBuilder BoundConnections(this IWebHostBuilder host, int most)
    {
        ArgumentNullException.ThrowIfNull(host);
        var connections = new OpenConnections(most);
        host.ConfigureServices(services =>
        {
            services.AddSingleton(connections);
            services.AddSingleton<IStartupFilter>(new Counting(connections));

            // Kestrel asks the newest first.
            services.AddSingleton<IConnectionListenerFactory>(provider => new GatedTransport(
                new SocketTransportFactory(provider.GetRequiredService<IOptions<SocketTransportOptions>>(), provider.GetRequiredService<ILoggerFactory>()), connections.Alive));
        });
        return host.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(listen => listen.Use(connections.Attach)));
    }

    private sealed class Counting(OpenConnections connections) : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use(connections.ServeAsync);
            next(app);
        };
    }

    /// <summary>Accepts a connection only when one fewer than the most are alive.</summary>
    private sealed class GatedTransport(IConnectionListenerFactory transport, SemaphoreSlim alive) : IConnectionListenerFactory
    {
        public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
            new GatedListener(await transport.BindAsync(endpoint, cancellationToken), alive);
    }

    private sealed class GatedListener(IConnectionListener listener, SemaphoreSlim alive) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            ConnectionContext? accepted = null;
            try
            {
                await alive.WaitAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            try
            {
                return accepted = await listener.AcceptAsync(cancellationToken);
            }
            finally
            {
                if (accepted is null)
                {
                    alive.Release();
                }
            }
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await _unbound.CancelAsync();
            await listener.UnbindAsync(cancellationToken);
        }

        public async ValueTask DisposeAsync()
        {
            await _unbound.CancelAsync();
            await listener.DisposeAsync();
            _unbound.Dispose();
        }
    }
}
