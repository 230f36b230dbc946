using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Connections;

namespace MockOperator.Runtime.Tests.Connections;

public sealed class GatedTransportTests : IAsyncDisposable
{
    private static readonly IPEndPoint s_anywhere = new(IPAddress.Loopback, 0);
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly Door _door = new();
    private readonly FakeTimeProvider _time = new();
    private bool _isCrowded;

    [Fact]
    public async Task A_connection_waits_in_the_backlog_while_as_many_as_may_be_are_alive()
    {
        using var places = new SemaphoreSlim(2);
        IConnectionListener listener = await new GatedTransport(_door, places, () => _isCrowded, _time).BindAsync(s_anywhere, _cancel);
        Assert.NotNull(await listener.AcceptAsync(_cancel));
        Assert.NotNull(await listener.AcceptAsync(_cancel));

        Task<ConnectionContext?> third = listener.AcceptAsync(_cancel).AsTask();
        Assert.Equal((2, false), (_door.Accepted, third.IsCompleted));

        places.Release();
        Assert.NotNull(await third.WaitAsync(TimeSpan.FromSeconds(30), _cancel));
        Assert.Equal(3, _door.Accepted);
    }

    [Fact]
    public async Task A_port_that_closes_waits_for_no_place()
    {
        using var places = new SemaphoreSlim(0);
        IConnectionListener listener = await new GatedTransport(_door, places, () => _isCrowded, _time).BindAsync(s_anywhere, _cancel);
        Task<ConnectionContext?> waiting = listener.AcceptAsync(_cancel).AsTask();

        await listener.UnbindAsync(_cancel);

        Assert.Null(await waiting.WaitAsync(TimeSpan.FromSeconds(30), _cancel));
        Assert.Equal((0, true), (_door.Accepted, _door.IsUnbound));
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task Whoever_could_not_be_accepted_keeps_no_place()
    {
        using var places = new SemaphoreSlim(1);
        IConnectionListener listener = await new GatedTransport(_door, places, () => _isCrowded, _time).BindAsync(s_anywhere, _cancel);
        _door.Fault = new IOException("no more files");
        await Assert.ThrowsAsync<IOException>(async () => await listener.AcceptAsync(_cancel));
        Assert.Equal(1, places.CurrentCount);
        (_door.Fault, _door.IsClosed) = (null, true);
        Assert.Null(await listener.AcceptAsync(_cancel));
        Assert.Equal(1, places.CurrentCount);
    }

    [Fact]
    public async Task While_it_is_crowded_a_connection_waits_although_there_is_a_place()
    {
        using var places = new SemaphoreSlim(5);
        IConnectionListener listener = await new GatedTransport(_door, places, () => _isCrowded, _time).BindAsync(s_anywhere, _cancel);
        _isCrowded = true;
        Task<ConnectionContext?> accepted = listener.AcceptAsync(_cancel).AsTask();
        _time.Advance(GatedTransport.Pause);
        Assert.Equal((0, false), (_door.Accepted, accepted.IsCompleted));

        _isCrowded = false;
        _time.Advance(GatedTransport.Pause);
        Assert.NotNull(await accepted.WaitAsync(TimeSpan.FromSeconds(30), _cancel));

        _isCrowded = true;
        Task<ConnectionContext?> waiting = listener.AcceptAsync(_cancel).AsTask();
        await listener.UnbindAsync(_cancel);
        Assert.Null(await waiting.WaitAsync(TimeSpan.FromSeconds(30), _cancel));
        Assert.Equal(4, places.CurrentCount);
    }

    /// <summary>Kestrel takes every exception for the end of the port, and the probes would go on saying that all is well.</summary>
    [Fact]
    public async Task No_memory_for_a_connection_is_not_the_end_of_the_port()
    {
        using var places = new SemaphoreSlim(1);
        IConnectionListener listener = await new GatedTransport(_door, places, () => _isCrowded, _time).BindAsync(s_anywhere, _cancel);
        _door.Fault = new InsufficientMemoryException();
        Task<ConnectionContext?> accepted = listener.AcceptAsync(_cancel).AsTask();
        _time.Advance(GatedTransport.Pause);
        Assert.False(accepted.IsCompleted);

        _door.Fault = null;
        _time.Advance(GatedTransport.Pause);

        Assert.NotNull(await accepted.WaitAsync(TimeSpan.FromSeconds(30), _cancel));
        Assert.Equal(0, places.CurrentCount);
    }

    [Fact]
    public async Task A_port_is_told_dead_when_the_server_asks_for_no_more_connections()
    {
        using var places = new SemaphoreSlim(2);
        var transport = new GatedTransport(_door, places, () => _isCrowded, _time);
        Assert.True(transport.IsAccepting);
        IConnectionListener listener = await transport.BindAsync(s_anywhere, _cancel);
        _time.Advance(TimeSpan.FromDays(1));
        Assert.True(transport.IsAccepting);

        await listener.AcceptAsync(_cancel);
        Assert.True(transport.IsAccepting);
        _time.Advance(GatedTransport.Patience);
        Assert.False(transport.IsAccepting);

        await listener.AcceptAsync(_cancel);
        Assert.True(transport.IsAccepting);
        _time.Advance(GatedTransport.Patience);
        await listener.UnbindAsync(_cancel);
        Assert.True(transport.IsAccepting);
        await listener.DisposeAsync();
    }

    [Fact]
    public async Task A_port_that_waits_for_a_place_is_not_dead()
    {
        using var places = new SemaphoreSlim(1);
        var transport = new GatedTransport(_door, places, () => _isCrowded, _time);
        IConnectionListener listener = await transport.BindAsync(s_anywhere, _cancel);
        await listener.AcceptAsync(_cancel);
        Task<ConnectionContext?> waiting = listener.AcceptAsync(_cancel).AsTask();

        _time.Advance(TimeSpan.FromDays(1));

        Assert.True(transport.IsAccepting);
        await listener.DisposeAsync();
        Assert.Null(await waiting.WaitAsync(TimeSpan.FromSeconds(30), _cancel));
    }

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    private sealed class Door : IConnectionListenerFactory, IConnectionListener
    {
        public int Accepted { get; private set; }

        public bool IsUnbound { get; private set; }

        public bool IsClosed { get; set; }

        public Exception? Fault { get; set; }

        public EndPoint EndPoint => s_anywhere;

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (Fault is not null)
            {
                throw Fault;
            }

            if (IsClosed)
            {
                return new((ConnectionContext?)null);
            }

            Accepted++;
            return new(new DefaultConnectionContext());
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            IsUnbound = true;
            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
