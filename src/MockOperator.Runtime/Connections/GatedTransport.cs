using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// Accepts a connection only when one fewer than the most are alive. One that makes room is alive until all that served it has ended, which takes the longer the busier the server is; without this, a
/// flood that comes again as fast as it is put out would fill the memory with connections on their way out. Those that wait are the system's, in the backlog of the socket.
/// </summary>
/// <param name="transport">Accepts.</param>
/// <param name="places">One for each connection that may be alive. Whoever serves a connection gives its place back.</param>
internal sealed class GatedTransport(IConnectionListenerFactory transport, SemaphoreSlim places) : IConnectionListenerFactory
{
    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await transport.BindAsync(endpoint, cancellationToken), places);

    private sealed class Listener(IConnectionListener listener, SemaphoreSlim places) : IConnectionListener
    {
        private readonly CancellationTokenSource _unbound = new();

        public EndPoint EndPoint => listener.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            ConnectionContext? accepted = null;
            try
            {
                return accepted = await listener.AcceptAsync(cancellationToken);
            }
            finally
            {
                if (accepted is null)
                {
                    places.Release();
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
