using Microsoft.AspNetCore.Connections;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// One open connection in a <see cref="ConnectionTable"/>: whether the server waits for its client (for a request, for the rest of a body, or until the client reads)
/// or works for it, and since when. Written by whoever serves the connection, read by whoever needs its place.
/// </summary>
/// <param name="connection">The connection.</param>
/// <param name="time">The clock.</param>
internal sealed class ConnectionSeat(ConnectionContext connection, TimeProvider time)
{
    /// <summary>Value of <see cref="WaitingSince"/> while there is something to do.</summary>
    public const long Working = long.MaxValue;
    private long _waitingSince = time.GetTimestamp();

    /// <summary>Timestamp since when the client is waited for; <see cref="Working"/> while it waits for us.</summary>
    public long WaitingSince => Volatile.Read(ref _waitingSince);

    /// <summary>Place in the table; negative once it has none.</summary>
    internal int Index { get; set; } = -1;

    /// <summary>From now on the client is waited for.</summary>
    public void Wait() => Volatile.Write(ref _waitingSince, time.GetTimestamp());

    /// <summary>From now on there is something to do for the client.</summary>
    public void Work() => Volatile.Write(ref _waitingSince, Working);

    /// <summary>Cuts the connection off.</summary>
    public void Abort() => connection.Abort(new ConnectionAbortedException("The connection had to make room for another."));
}
