using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http;

namespace MockOperator.Kubernetes.Serving;

/// <summary>
/// The open connections of a port, bounded. When all places are taken, a connection makes room for the new one: that which has been without a request for longest, or, if all have one, that whose request
/// began first. So those who connect and say nothing, however many, keep nobody out. The server's own bound turns the new one away instead, probes among them. Thread-safe.
/// </summary>
internal sealed class OpenConnections
{
    private readonly int _most;
    private readonly Lock _lock = new();
    private readonly LinkedList<Seat> _idle = new();
    private readonly LinkedList<Seat> _busy = new();
    private long _evicted;

    /// <summary>Makes a bound.</summary>
    /// <param name="most">Places, from 1.</param>
    public OpenConnections(int most)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 1);
        _most = most;
        Alive = new SemaphoreSlim(2 * most);
    }

    /// <summary>
    /// One for each connection that may be alive: as many as there are places have made room and not ended yet. Whoever accepts takes one before; until there is one, others wait in the system's backlog.
    /// </summary>
    public SemaphoreSlim Alive { get; }

    /// <summary>Connections that made room so far.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Connections that have a request.</summary>
    public int Busy
    {
        get
        {
            lock (_lock)
            {
                return _busy.Count;
            }
        }
    }

    /// <summary>Gives a connection its place.</summary>
    /// <param name="next">What serves it.</param>
    /// <returns>What serves it then.</returns>
    public ConnectionDelegate Attach(ConnectionDelegate next) => async connection =>
    {
        var seat = new Seat(connection);
        Enter(seat)?.Connection.Abort(new ConnectionAbortedException("It made room for another connection."));
        connection.Features.Set(seat);
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(seat);
        }
    };

    /// <summary>Notes that a connection has a request, for as long as it is served.</summary>
    /// <param name="http">The request.</param>
    /// <param name="next">What answers it.</param>
    /// <returns>A task that ends with the request.</returns>
    public async Task ServeAsync(HttpContext http, RequestDelegate next)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(next);
        var seat = http.Features.Get<Seat>();
        Move(seat, _busy);
        try
        {
            await next(http);
        }
        finally
        {
            Move(seat, _idle);
        }
    }

    private Seat? Enter(Seat seat)
    {
        lock (_lock)
        {
            Seat? evicted = null;
            if (_idle.Count + _busy.Count >= _most)
            {
                evicted = (_idle.First ?? _busy.First)!.Value;
                evicted.Place.List!.Remove(evicted.Place);
                _evicted++;
            }

            _idle.AddLast(seat.Place);
            return evicted;
        }
    }

    private void Leave(Seat seat)
    {
        lock (_lock)
        {
            seat.Place.List?.Remove(seat.Place);
        }

        Alive.Release();
    }

    private void Move(Seat? seat, LinkedList<Seat> list)
    {
        lock (_lock)
        {
            // One that made room is in no list any more.
            if (seat?.Place.List is { } before)
            {
                before.Remove(seat.Place);
                list.AddLast(seat.Place);
            }
        }
    }

    private sealed class Seat
    {
        public Seat(ConnectionContext connection)
        {
            Connection = connection;
            Place = new LinkedListNode<Seat>(this);
        }

        public ConnectionContext Connection { get; }

        public LinkedListNode<Seat> Place { get; }
    }
}
