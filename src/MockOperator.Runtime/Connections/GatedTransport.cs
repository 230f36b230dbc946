using System.Net;
using Microsoft.AspNetCore.Connections;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// Accepts a connection only when one fewer than the most are alive. One that makes room is alive until all that served it has ended, which takes the longer the busier the server is; without this, a
/// flood that comes again as fast as it is put out would fill the memory with connections on their way out. Those that wait are the system's, in the backlog of the socket.
/// </summary>
/// <param name="transport">Accepts.</param>
/// <param name="places">One for each connection that may be alive. Whoever serves a connection gives its place back.</param>
/// <param name="isCrowded">Whether more are alive than there is room for just now, so that even those with a place have to wait.</param>
/// <param name="time">The clock.</param>
internal sealed class GatedTransport(IConnectionListenerFactory transport, SemaphoreSlim places, Func<bool> isCrowded, TimeProvider time) : IConnectionListenerFactory
{
    /// <summary>Time between two looks while it is crowded, and between two tries while there is no memory for a connection.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    /// <summary>The server asks for the next connection as soon as it has one: if it does not for so long, it never will.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private volatile Func<bool>? _isAccepting;

    /// <summary>Whether the server still asks for connections, or closed the port itself. Kestrel stops, and only logs it, when anything goes wrong between two connections.</summary>
    public bool IsAccepting => _isAccepting?.Invoke() != false;

    /// <inheritdoc/>
    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        var listener = new Listener(await transport.BindAsync(endpoint, cancellationToken), places, isCrowded, time);
        _isAccepting = () => listener.IsAccepting;
        return listener;
    }

    private sealed class Listener(IConnectionListener listener, SemaphoreSlim places, Func<bool> isCrowded, TimeProvider time) : IConnectionListener
    {
        // Of the timestamp: the server asks, or the port was closed.
        private const long Never = long.MaxValue;
        private readonly CancellationTokenSource _unbound = new();
        private long _idleSince = Never;

        public EndPoint EndPoint => listener.EndPoint;

        public bool IsAccepting => Volatile.Read(ref _idleSince) is var since && (since == Never || time.GetElapsedTime(since) < Patience || _unbound.IsCancellationRequested);

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            Volatile.Write(ref _idleSince, Never);
            ConnectionContext? accepted = null;
            try
            {
                await places.WaitAsync(_unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            try
            {
                while (isCrowded())
                {
                    await Task.Delay(Pause, time, _unbound.Token);
                }

                return accepted = await AcceptPatientlyAsync(cancellationToken);
            }
            catch (OperationCanceledException) when (_unbound.IsCancellationRequested)
            {
                return null;
            }
            finally
            {
                if (accepted is null)
                {
                    places.Release();
                }

                Volatile.Write(ref _idleSince, time.GetTimestamp());
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

        private async ValueTask<ConnectionContext?> AcceptPatientlyAsync(CancellationToken cancellationToken)
        {
            while (true)
            {
                try
                {
                    return await listener.AcceptAsync(cancellationToken);
                }
                catch (OutOfMemoryException)
                {
                    // In a moment somebody has ended. The server would take this for the end of the port.
                }

                await Task.Delay(Pause, time, CancellationToken.None);
            }
        }
    }
}
