using CsCheck;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Connections;

namespace MockOperator.Runtime.Tests.Connections;

public sealed class ConnectionTableTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_connection_that_was_waited_for_longest_makes_room()
    {
        var table = new ConnectionTable(2, _time);
        var first = new Connection();
        var second = new Connection();
        ConnectionSeat firstSeat = Enter(table, first);
        Enter(table, second);
        firstSeat.Work();
        _time.Advance(TimeSpan.FromSeconds(1));
        firstSeat.Wait();
        Enter(table, new Connection());
        Assert.False(first.IsAborted);
        Assert.True(second.IsAborted);
        Assert.Equal(2, table.Count);
        Assert.Equal(1, table.Evicted);
    }

    [Fact]
    public void A_connection_that_is_worked_for_keeps_its_place()
    {
        var table = new ConnectionTable(2, _time);
        var busy = new Connection();
        Enter(table, busy).Work();
        var idle = new Connection();
        Enter(table, idle);
        Enter(table, new Connection());
        Assert.False(busy.IsAborted);
        Assert.True(idle.IsAborted);
    }

    [Fact]
    public void With_something_to_do_for_every_connection_the_new_one_is_turned_away()
    {
        var table = new ConnectionTable(1, _time);
        var busy = new Connection();
        ConnectionSeat seat = Enter(table, busy);
        seat.Work();
        Assert.Null(table.Enter(new Connection()));
        Assert.Equal(1, table.Refused);
        Assert.False(busy.IsAborted);
        table.Leave(seat);
        Assert.NotNull(table.Enter(new Connection()));
    }

    [Fact]
    public void Whoever_made_room_does_not_free_another_place_by_leaving()
    {
        var table = new ConnectionTable(1, _time);
        ConnectionSeat evicted = Enter(table, new Connection());
        Enter(table, new Connection());
        table.Leave(evicted);
        Assert.Equal(1, table.Count);
    }

    /// <summary>Finds more at once than it needs, and must not take one of them that has been heard of since.</summary>
    [Fact]
    public void Whatever_happens_the_oldest_goes_first() => Gen.Select(Gen.Int[1, 200], Gen.Int[0, 3].Array[50, 600], Gen.Int[0, 10_000].Array[600]).Sample(
        (capacity, steps, choices) =>
        {
            var time = new FakeTimeProvider();
            var table = new ConnectionTable(capacity, time);
            var open = new List<(Connection Connection, ConnectionSeat Seat, long Since)>();
            for (int step = 0; step < steps.Length; step++)
            {
                time.Advance(TimeSpan.FromMilliseconds(1));
                int chosen = open.Count == 0 ? -1 : choices[step] % open.Count;
                switch (steps[step])
                {
                    case 0 when chosen >= 0:
                        open[chosen].Seat.Work();
                        open[chosen] = open[chosen] with { Since = ConnectionSeat.Working };
                        break;
                    case 1 when chosen >= 0:
                        open[chosen].Seat.Wait();
                        open[chosen] = open[chosen] with { Since = time.GetTimestamp() };
                        break;
                    default:
                        var connection = new Connection();
                        bool isFull = open.Count == capacity;
                        (Connection Connection, ConnectionSeat Seat, long Since) oldest = isFull ? open.MinBy(static one => one.Since) : default;
                        ConnectionSeat? seat = table.Enter(connection);
                        if (isFull && oldest.Since == ConnectionSeat.Working)
                        {
                            Assert.Null(seat);
                            break;
                        }

                        if (isFull)
                        {
                            Assert.True(oldest.Connection.IsAborted);
                            open.Remove(oldest);
                        }

                        open.Add((connection, seat!, time.GetTimestamp()));
                        break;
                }

                Assert.DoesNotContain(open, static one => one.Connection.IsAborted);
                Assert.Equal(open.Count, table.Count);
            }
        },
        iter: 200);

    private static ConnectionSeat Enter(ConnectionTable table, ConnectionContext connection)
    {
        ConnectionSeat? seat = table.Enter(connection);
        Assert.NotNull(seat);
        return seat;
    }

    private sealed class Connection : DefaultConnectionContext
    {
        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;
    }
}
