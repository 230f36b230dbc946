using System.IO.Pipelines;
using System.Net;
using System.Net.Sockets;
using CsCheck;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Tests.Hosting;

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
    public async Task Connections_that_are_waited_for_make_room_for_what_is_held_of_calls()
    {
        const int Kibi = 1024;
        var memory = new HeldMemory(8000 * Kibi, 8000 * Kibi, 9600 * Kibi);
        var table = new ConnectionTable(300, _time, memory);
        memory.Bodies.Taken = table.MakeRoomSoon;
        Connection[] connections = [.. Enumerable.Range(0, 300).Select(_ => new Connection())];
        ConnectionSeat[] seats = [.. connections.Select(connection => Enter(table, connection))];
        foreach (ConnectionSeat seat in seats)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seat.Wait();
        }

        seats[3].Work();
        Assert.True(memory.Requests.TryTake(1600 * Kibi, held: 1600 * Kibi));
        await Eventually.IsTrueAsync(() => table.Count == 200, "a hundred have made room");
        Assert.Equal([0, 1, 2, 4, 5], Enumerable.Range(0, 6).Where(each => connections[each].IsAborted));

        // However much is held, a third stays.
        Assert.True(memory.Requests.TryTake(4000 * Kibi, held: 4000 * Kibi));
        await Eventually.IsTrueAsync(() => table.Count == 100, "another hundred have");

        Assert.False(table.IsCrowded);
        while (table.Alive.CurrentCount > 200)
        {
            await table.Alive.WaitAsync(TestContext.Current.CancellationToken);
        }

        // As many as have made room are not counted until more are alive than the table and an eighth beside have room for.
        Assert.False(table.IsCrowded);
        await table.Alive.WaitAsync(TestContext.Current.CancellationToken);
        Assert.True(table.IsCrowded);

        memory.Requests.Return(5600 * Kibi);
        Assert.False(table.IsCrowded);
        Enter(table, new Connection());
        Assert.Equal((101, 200), (table.Count, table.Evicted));
    }

    /// <summary>Else a flood that comes again as fast as it is put out fills the memory with connections that are on their way out.</summary>
    [Fact]
    public async Task A_connection_that_made_room_is_alive_until_whoever_serves_it_has_ended()
    {
        var table = new ConnectionTable(1, _time);
        int places = table.Alive.CurrentCount;
        var served = new TaskCompletionSource();
        ConnectionDelegate serve = table.Attach(
            connection =>
            {
                connection.Features.Get<ConnectionSeat>()!.Wait();
                return served.Task;
            },
            hops: false);
        var first = new Connection();
        Task[] serving = [Come(first), Come(new Connection())];

        Assert.True(first.IsAborted);
        Assert.Equal((1, places - 2), (table.Count, table.Alive.CurrentCount));

        served.SetResult();
        await Task.WhenAll(serving);
        Assert.Equal((0, places), (table.Count, table.Alive.CurrentCount));

        Task Come(Connection connection)
        {
            Assert.True(table.Alive.Wait(0, TestContext.Current.CancellationToken));
            return serve(connection);
        }
    }

    [Fact]
    public async Task A_connection_that_is_turned_away_is_not_alive()
    {
        var table = new ConnectionTable(1, _time);
        Enter(table, new Connection()).Work();
        int places = table.Alive.CurrentCount;
        Assert.True(table.Alive.Wait(0, TestContext.Current.CancellationToken));

        await table.Attach(static _ => Task.CompletedTask, hops: false)(new Connection());

        Assert.Equal((1L, places), (table.Refused, table.Alive.CurrentCount));
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

    /// <summary>What it has to say may be on its way to whoever serves it.</summary>
    [Fact]
    public void A_connection_that_nobody_has_looked_at_yet_keeps_its_place()
    {
        var table = new ConnectionTable(1, _time);
        var fresh = new Connection();
        Assert.NotNull(table.Enter(fresh));
        Assert.Null(table.Enter(new Connection()));
        Assert.False(fresh.IsAborted);
    }

    [Fact]
    public void Who_has_sent_what_nobody_has_looked_at_yet_keeps_its_place()
    {
        var table = new ConnectionTable(2, _time);
        var speaker = new Connection { HasSpoken = true };
        Enter(table, speaker);
        _time.Advance(TimeSpan.FromSeconds(1));
        var silent = new Connection();
        Enter(table, silent);
        Enter(table, new Connection());
        Assert.False(speaker.IsAborted);
        Assert.True(silent.IsAborted);
    }

    [Fact]
    public void When_all_have_spoken_the_new_one_is_turned_away_until_one_falls_silent()
    {
        var table = new ConnectionTable(1, _time);
        var speaker = new Connection { HasSpoken = true };
        ConnectionSeat seat = Enter(table, speaker);
        Assert.Null(table.Enter(new Connection()));
        Assert.Equal(1, table.Refused);
        speaker.HasSpoken = false;
        seat.Work();
        _time.Advance(TimeSpan.FromSeconds(1));
        seat.Wait();
        Enter(table, new Connection());
        Assert.True(speaker.IsAborted);
    }

    /// <summary>Otherwise who sends more than it will ever be answered could keep its place for ever.</summary>
    [Fact]
    public void Who_does_not_read_makes_room_whatever_it_has_sent()
    {
        var table = new ConnectionTable(1, _time);
        var deaf = new Connection { HasSpoken = true };
        Enter(table, deaf).WaitForReader();
        Enter(table, new Connection());
        Assert.True(deaf.IsAborted);
    }

    /// <summary>Finds more at once than it needs, and must not take one of them that has been heard of since, or that has spoken.</summary>
    [Fact]
    public void Whatever_happens_the_oldest_that_is_silent_goes_first() => Gen.Select(Gen.Int[1, 200], Gen.Int[0, 4].Array[50, 600], Gen.Int[0, 10_000].Array[600]).Sample(
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
                        open[chosen].Connection.HasSpoken = false;
                        open[chosen].Seat.Work();
                        open[chosen] = open[chosen] with { Since = ConnectionSeat.Working };
                        break;
                    case 1 when chosen >= 0:
                        open[chosen].Connection.HasSpoken = false;
                        open[chosen].Seat.Wait();
                        open[chosen] = open[chosen] with { Since = time.GetTimestamp() };
                        break;
                    case 2 when chosen >= 0:
                        open[chosen].Connection.HasSpoken = true;
                        break;
                    default:
                        var connection = new Connection();
                        bool isFull = open.Count == capacity;
                        (Connection Connection, ConnectionSeat Seat, long Since) oldest = isFull ? open.MinBy(static one => one.Connection.HasSpoken ? ConnectionSeat.Working : one.Since) : default;
                        ConnectionSeat? seat = table.Enter(connection);
                        if (isFull && (oldest.Since == ConnectionSeat.Working || oldest.Connection.HasSpoken))
                        {
                            Assert.Null(seat);
                            break;
                        }

                        if (isFull)
                        {
                            Assert.True(oldest.Connection.IsAborted);
                            open.Remove(oldest);
                        }

                        seat!.Wait();
                        open.Add((connection, seat, time.GetTimestamp()));
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
        seat.Wait();
        return seat;
    }

    private sealed class Connection : DefaultConnectionContext, IConnectionSocketFeature
    {
        private static readonly (Socket Silent, Socket Spoken) Sockets = Connect();

        public Connection()
        {
            Features.Set<IConnectionSocketFeature>(this);
            var pipe = new Pipe();
            Transport = new Ends(pipe.Reader, pipe.Writer);
        }

        /// <summary>Whether its client has sent something that is not read.</summary>
        public bool HasSpoken { get; set; }

        public Socket Socket => HasSpoken ? Sockets.Spoken : Sockets.Silent;

        public bool IsAborted { get; private set; }

        public override void Abort(ConnectionAbortedException abortReason) => IsAborted = true;

        private sealed record Ends(PipeReader Input, PipeWriter Output) : IDuplexPipe;

        /// <summary>The two ends of a connection, of which one has something to read.</summary>
        private static (Socket Silent, Socket Spoken) Connect()
        {
            using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen();
            var one = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            one.Connect(listener.LocalEndPoint!);
            Socket other = listener.Accept();
            one.Send("x"u8);
            Assert.True(other.Poll(TimeSpan.FromSeconds(10), SelectMode.SelectRead));
            return (one, other);
        }
    }
}
