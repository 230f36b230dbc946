using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Hosting;

/// <summary>
/// One listening port: a Kestrel server of its own, without routing, middleware or a container. Its limits are those of a server, which is why the three ports do not
/// share one.
/// </summary>
internal sealed class Port : IAsyncDisposable
{
    /// <summary>
    /// What waits in memory for the socket of a connection, or for the application, before the other side has to wait: a block of Kestrel's pool, two. More helps nobody,
    /// since the system has buffers of its own; less would be less to hold for those who do not read.
    /// </summary>
    private const int WriteBufferBytes = 4 * 1024;
    private const int ReadBufferBytes = 8 * 1024;
    private readonly IServer _server;
    private readonly GatedTransport _transport;

    private Port(IServer server, GatedTransport transport, ConnectionTable connections)
    {
        _server = server;
        _transport = transport;
        Connections = connections;
    }

    /// <summary>The number that is listened on, known after the start: the system chooses one when 0 was asked for.</summary>
    public int Number { get; private set; }

    /// <summary>The open connections.</summary>
    public ConnectionTable Connections { get; }

    /// <summary>Whether it still takes connections, or was told not to.</summary>
    public bool IsAccepting => _transport.IsAccepting;

    /// <summary>Binds the port and serves it.</summary>
    /// <param name="address">Local address; null for all, IPv6 and IPv4.</param>
    /// <param name="number">Port, 0 for a free one.</param>
    /// <param name="limits">What the port takes at most.</param>
    /// <param name="application">What answers.</param>
    /// <param name="loggers">Where Kestrel warns.</param>
    /// <param name="cancellation">Gives up binding.</param>
    /// <param name="time">The clock by which the oldest connection is told.</param>
    /// <param name="connections">Wraps every connection; null for none.</param>
    /// <param name="memory">What is held of the calls under way, where that may be much.</param>
    /// <param name="inline">
    /// Whether requests are answered on the threads that watch the sockets, which saves two changes of thread each. Only for an application that never blocks, and
    /// that hands over to the thread pool what takes longer than some microseconds: all connections of a thread wait for it.
    /// </param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<Port> OpenAsync<TContext>(
        IPAddress? address,
        int number,
        PortLimits limits,
        IHttpApplication<TContext> application,
        ILoggerFactory loggers,
        TimeProvider time,
        CancellationToken cancellation,
        Func<ConnectionDelegate, ConnectionDelegate>? connections = null,
        HeldMemory? memory = null,
        bool inline = false)
        where TContext : notnull
    {
        var options = new KestrelServerOptions
        {
            AddServerHeader = false,
            AllowSynchronousIO = false,
            ApplicationServices = EmptyServices.Instance,
        };
        var table = new ConnectionTable(limits.Connections, time, memory);
        memory?.Bodies.Taken = table.MakeRoomSoon;
        options.Limits.MaxConcurrentUpgradedConnections = 0;
        options.Limits.MaxRequestBodySize = limits.BodyBytes;
        options.Limits.MaxRequestLineSize = limits.LineBytes;
        options.Limits.MaxRequestHeadersTotalSize = limits.HeadBytes;
        options.Limits.RequestHeadersTimeout = limits.Head;
        options.Limits.KeepAliveTimeout = limits.KeepAlive;
        options.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BytesPerSecond, limits.Grace);
        options.Limits.MinResponseDataRate = new MinDataRate(limits.BytesPerSecond, limits.Grace);

        // How long a connection that ends may take for what is still to be read.
        options.Limits.MaxResponseBufferSize = WriteBufferBytes;
        if (address is null)
        {
            options.ListenAnyIP(number, Configure);
        }
        else
        {
            options.Listen(address, number, Configure);
        }

        var sockets = new SocketTransportOptions
        {
            Backlog = 1024,

            // Where requests are not answered inline, that a client was heard is: the table must know it although the pool is busy.
            UnsafePreferInlineScheduling = true,
            MaxReadBufferSize = ReadBufferBytes,
            MaxWriteBufferSize = WriteBufferBytes,
        };
        var transport = new GatedTransport(new SocketTransportFactory(Options.Create(sockets), loggers), table.Alive, () => table.IsCrowded, time);
        IServer server = PlainKestrel.Create(options, transport, loggers);
        try
        {
            await server.StartAsync(application, cancellation);
        }
        catch
        {
            server.Dispose();
            throw;
        }

        string bound = server.Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.First();
        return new Port(server, transport, table) { Number = int.Parse(bound.AsSpan(bound.LastIndexOf(':') + 1)) };

        void Configure(ListenOptions listen)
        {
            listen.Protocols = HttpProtocols.Http1;
            listen.Use(next => table.Attach(next, hops: !inline));
            if (connections is not null)
            {
                listen.Use(connections);
            }
        }
    }

    /// <summary>Accepts no more connections, closes idle ones and waits for the requests under way.</summary>
    /// <param name="patience">When it fires, what is still under way is cut off.</param>
    public Task StopAsync(CancellationToken patience) => _server.StopAsync(patience);

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _server.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>Kestrel asks for services only to log and to find certificates; there are none.</summary>
    private sealed class EmptyServices : IServiceProvider
    {
        public static EmptyServices Instance { get; } = new();

        public object? GetService(Type serviceType) => null;
    }
}
