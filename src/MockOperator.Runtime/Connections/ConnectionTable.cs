using Microsoft.AspNetCore.Connections;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Connections;

/// <summary>
/// The open connections of a port, bounded. When all places are taken, the connection whose client has been waited for longest makes room for a new one, so that
/// silent clients, however many, keep nobody out. A client that has sent something which nobody has looked at yet is not silent, however busy the server is: it keeps
/// its place until it is looked at. Only when there is something to do for every connection is the new one turned away. Thread-safe.
/// </summary>
/// <param name="capacity">Most open connections.</param>
/// <param name="time">The clock by which the oldest is told.</param>
/// <param name="memory">
/// What is held of the calls under way, beside which there is room for fewer connections, and what heads of requests may take; null where there is so little of both that none needs to be counted.
/// </param>
internal sealed class ConnectionTable(int capacity, TimeProvider time, HeldMemory? memory = null)
{
    /// <summary>Finding the oldest looks at all connections; so many are found at once, which makes it cheap even when every new connection needs it.</summary>
    private const int FoundAtOnce = 64;

    /// <summary>Connections that made room and have not ended yet: an eighth of all at most, but so many on a small port, and as many as there are places on the smallest.</summary>
    private const int LeastOnTheirWayOut = 32;
    private const int PartOnTheirWayOut = 8;
    private readonly Lock _lock = new();
    private readonly List<ConnectionSeat> _seats = [];

    // In order. Whoever is in it and has waited since is still older than everybody who is not, because times of waiting only grow.
    private readonly Queue<(ConnectionSeat Seat, long Since)> _oldest = new();
    private readonly PriorityQueue<ConnectionSeat, long> _found = new(FoundAtOnce, Comparer<long>.Create(static (one, other) => other.CompareTo(one)));
    private long _evicted;
    private long _refused;
    private int _isMakingRoom;
    private volatile int _count;

    /// <summary>One place for each connection that may be alive: those of the table, and some that have made room and not ended yet. Who accepts takes one; it is given back when the connection has ended.</summary>
    public SemaphoreSlim Alive { get; } = new(AliveAtMost(capacity));

    /// <summary>Whether more are alive than there is room for beside what is held of the calls under way: none should be accepted until some have ended.</summary>
    public bool IsCrowded => capacity - Alive.CurrentCount > Room;

    /// <summary>Open connections.</summary>
    public int Count => _count;

    /// <summary>Connections that made room for others so far.</summary>
    public long Evicted => Interlocked.Read(ref _evicted);

    /// <summary>Connections turned away so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>How many connections may be alive, each with a socket: those with a place, and those that have made room and not ended yet.</summary>
    /// <param name="capacity">Places.</param>
    public static int AliveAtMost(int capacity) => capacity + Math.Max(Math.Min(LeastOnTheirWayOut, capacity), capacity / PartOnTheirWayOut);

    /// <summary>The most places with which no more than so many connections are alive; 0 where there are none.</summary>
    /// <param name="alive">Connections, each with a socket.</param>
    public static int CapacityOf(int alive) => alive switch
    {
        <= 0 => 0,
        <= 2 * LeastOnTheirWayOut => alive / 2,
        < (PartOnTheirWayOut + 1) * LeastOnTheirWayOut => alive - LeastOnTheirWayOut,
        _ => (alive / (PartOnTheirWayOut + 1) * PartOnTheirWayOut) + Math.Min(alive % (PartOnTheirWayOut + 1), PartOnTheirWayOut - 1),
    };

    private int Room => memory?.ConnectionsBeside(capacity) ?? capacity;

    /// <summary>Gives every connection of a port its place and watches whom it waits for.</summary>
    /// <param name="next">What serves the connection.</param>
    /// <param name="hops">Whether requests are answered elsewhere than on the threads of the sockets, which is where what arrives is noted (<see cref="WatchedTransport"/>).</param>
    public ConnectionDelegate Attach(ConnectionDelegate next, bool hops) => connection =>
    {
        ConnectionSeat? seat = Enter(connection);
        if (seat is null)
        {
            connection.Abort(new ConnectionAbortedException("There is no room for the connection."));
            Alive.Release();
            return Task.CompletedTask;
        }

        connection.Features.Set(seat);
        connection.Transport = new WatchedTransport(connection.Transport, seat, hops);
        return ServeAsync(next, connection, seat);
    };

    /// <summary>Takes a place.</summary>
    /// <returns>The place; null when there is something to do for every other connection.</returns>
    public ConnectionSeat? Enter(ConnectionContext connection)
    {
        var seat = new ConnectionSeat(connection, time, memory?.Heads, EvictHead);
        ConnectionSeat? evicted = null;
        lock (_lock)
        {
            if (_seats.Count >= Room)
            {
                evicted = EvictOldest();
                if (evicted is null && _seats.Count >= capacity)
                {
                    Interlocked.Increment(ref _refused);
                    return null;
                }
            }

            seat.Index = _seats.Count;
            _seats.Add(seat);
            _count = _seats.Count;
        }

        evicted?.Abort();
        return seat;
    }

    /// <summary>Gives a place back.</summary>
    public void Leave(ConnectionSeat seat)
    {
        lock (_lock)
        {
            Remove(seat);
        }
    }

    /// <summary>
    /// Has as many connections make room, those first that were waited for longest, as there are too many beside what is held of the calls under way. Whoever takes memory does not wait for it: that is
    /// mostly a thread of the sockets.
    /// </summary>
    public void MakeRoomSoon()
    {
        if (_count > Room && Interlocked.Exchange(ref _isMakingRoom, 1) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static table => table.MakeRoom(), this, preferLocal: false);
        }
    }

    private void MakeRoom()
    {
        try
        {
            ConnectionSeat? evicted;
            do
            {
                lock (_lock)
                {
                    evicted = _seats.Count > Room ? EvictOldest() : null;
                }

                evicted?.Abort();
            }
            while (evicted is not null);
        }
        catch (OutOfMemoryException)
        {
            // On a thread of the pool it would end the process. Whoever takes memory next comes here again.
        }
        finally
        {
            Volatile.Write(ref _isMakingRoom, 0);
        }
    }

    private async Task ServeAsync(ConnectionDelegate next, ConnectionContext connection, ConnectionSeat seat)
    {
        try
        {
            await next(connection);
        }
        finally
        {
            Leave(seat);
            seat.Head.GiveBack();
            Alive.Release();
        }
    }

    /// <summary>Cuts off the connection that is waited for longest among those whose heads take something.</summary>
    private bool EvictHead()
    {
        ConnectionSeat? oldest = null;
        lock (_lock)
        {
            foreach (ConnectionSeat seat in _seats)
            {
                if (seat.Head.Taken > 0 && seat.WaitingSince < (oldest?.WaitingSince ?? ConnectionSeat.Working))
                {
                    oldest = seat;
                }
            }

            if (oldest is null)
            {
                return false;
            }

            Remove(oldest);
            Interlocked.Increment(ref _evicted);
        }

        oldest.Abort();
        return true;
    }

    private void Remove(ConnectionSeat seat)
    {
        if (seat.Index < 0)
        {
            return;
        }

        ConnectionSeat last = _seats[^1];
        _seats[seat.Index] = last;
        last.Index = seat.Index;
        _seats.RemoveAt(_seats.Count - 1);
        _count = _seats.Count;
        seat.Index = -1;
    }

    private ConnectionSeat? EvictOldest()
    {
        ConnectionSeat? oldest = TakeOldest();
        if (oldest is not null)
        {
            Remove(oldest);
            Interlocked.Increment(ref _evicted);
        }

        return oldest;
    }

    private ConnectionSeat? TakeOldest()
    {
        ConnectionSeat? oldest = TakeKnown();

        // Each time round finds others: those that are passed over are not found again.
        while (oldest is null && Find())
        {
            oldest = TakeKnown();
        }

        return oldest;
    }

    private ConnectionSeat? TakeKnown()
    {
        while (_oldest.TryDequeue(out (ConnectionSeat Seat, long Since) next))
        {
            if (next.Seat.Index < 0 || next.Seat.WaitingSince != next.Since)
            {
                continue;
            }

            if (!next.Seat.IsHeard)
            {
                return next.Seat;
            }

            // It is worked for in a moment. Should that be over by now, it waits since another time.
            next.Seat.PassedOver = next.Since;
        }

        return null;
    }

    /// <summary>Looks for those that have been waited for longest.</summary>
    /// <returns>Whether there is any.</returns>
    private bool Find()
    {
        foreach (ConnectionSeat seat in _seats)
        {
            long since = seat.WaitingSince;
            if (since == ConnectionSeat.Working || since == seat.PassedOver)
            {
                continue;
            }

            if (_found.Count < FoundAtOnce)
            {
                _found.Enqueue(seat, since);
            }
            else
            {
                _found.EnqueueDequeue(seat, since);
            }
        }

        var latestFirst = new Stack<(ConnectionSeat, long)>(_found.Count);
        while (_found.TryDequeue(out ConnectionSeat? seat, out long since))
        {
            latestFirst.Push((seat, since));
        }

        foreach ((ConnectionSeat, long) seat in latestFirst)
        {
            _oldest.Enqueue(seat);
        }

        return _oldest.Count > 0;
    }
}
