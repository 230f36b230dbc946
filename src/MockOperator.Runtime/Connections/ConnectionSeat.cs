using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// One open connection in a <see cref="ConnectionTable"/>: whether the server waits for its client (for a request, for the rest of a body, or until the client reads)
/// or works for it, and since when. Written by whoever serves the connection, read by whoever needs its place.
/// </summary>
internal sealed class ConnectionSeat
{
    /// <summary>Value of <see cref="WaitingSince"/> while there is something to do.</summary>
    public const long Working = long.MaxValue;
    private readonly ConnectionContext _connection;
    private readonly TimeProvider _time;
    private readonly IConnectionSocketFeature? _socket;

    // What came with the connection may have arrived already: until it was looked for, nobody waits for the client.
    private long _waitingSince = Working;
    private volatile bool _isWaitingForReader;

    /// <summary>Takes a place.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="time">The clock.</param>
    /// <param name="heads">What heads may take; null where they are short enough to need no budget.</param>
    /// <param name="makeRoom">Has another connection give up what its head takes; false when there is none.</param>
    public ConnectionSeat(ConnectionContext connection, TimeProvider time, MemoryBudget? heads, Func<bool> makeRoom)
    {
        _connection = connection;
        _time = time;
        _socket = connection.Features.Get<IConnectionSocketFeature>();
        Head = new HeadAccount(heads, makeRoom, Abort);
    }

    /// <summary>What the head of its request takes.</summary>
    public HeadAccount Head { get; }

    /// <summary>Timestamp since when the client is waited for; <see cref="Working"/> while it waits for us.</summary>
    public long WaitingSince => Volatile.Read(ref _waitingSince);

    /// <summary>
    /// Whether the client has sent something that nobody has looked at yet: then it waits for us, and only the server's being busy makes it look silent. What a client
    /// sends while it does not read its answer does not count: nobody will look at that before it reads.
    /// </summary>
    public bool IsHeard
    {
        get
        {
            try
            {
                return !_isWaitingForReader && _socket?.Socket.Available > 0;
            }
            catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
            {
                return false;
            }
        }
    }

    /// <summary>Place in the table; negative once it has none.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>The <see cref="WaitingSince"/> for which the table has passed over it, because it was heard.</summary>
    internal long PassedOver { get; set; } = Working;

    /// <summary>From now on the client is waited for, to send something.</summary>
    public void Wait() => Wait(isReader: false);

    /// <summary>From now on the client is waited for, to read something.</summary>
    public void WaitForReader() => Wait(isReader: true);

    /// <summary>From now on there is something to do for the client.</summary>
    public void Work() => Volatile.Write(ref _waitingSince, Working);

    /// <summary>Cuts the connection off.</summary>
    public void Abort() => _connection.Abort(new ConnectionAbortedException("The connection had to make room for another."));

    private void Wait(bool isReader)
    {
        _isWaitingForReader = isReader;
        Volatile.Write(ref _waitingSince, _time.GetTimestamp());
    }
}
