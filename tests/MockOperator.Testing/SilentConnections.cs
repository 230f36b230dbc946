using System.Net;
using System.Net.Sockets;

namespace MockOperator.Testing;

/// <summary>Clients that connect and say nothing, all in a row.</summary>
public sealed class SilentConnections : IAsyncDisposable
{
    private readonly List<Socket> _sockets = [];

    private SilentConnections()
    {
    }

    /// <summary>Connects so many. Those that have to make room at once count as well.</summary>
    public static async Task<SilentConnections> OpenAsync(IPEndPoint server, int count, CancellationToken cancellation)
    {
        var silent = new SilentConnections();
        for (int number = 0; number < count; number++)
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            silent._sockets.Add(socket);
            try
            {
                await socket.ConnectAsync(server, cancellation);
            }
            catch (SocketException)
            {
                // It was reset before it knew that it was connected.
            }
        }

        return silent;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _sockets.ForEach(static socket => socket.Dispose());
        return ValueTask.CompletedTask;
    }
}
