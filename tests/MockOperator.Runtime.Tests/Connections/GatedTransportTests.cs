using System.Net;
using Microsoft.AspNetCore.Connections;
using MockOperator.Runtime.Connections;

namespace MockOperator.Runtime.Tests.Connections;

public sealed class GatedTransportTests : IAsyncDisposable
{
    private static readonly IPEndPoint s_anywhere = new(IPAddress.Loopback, 0);
    private readonly CancellationToken _cancel = TestContext.Current.CancellationToken;
    private readonly Door _door = new();

    [Fact]
    public async Task A_connection_waits_in_the_backlog_while_as_many_as_may_be_are_alive()
    {
        using var places = new SemaphoreSlim(2);
        IConnectionListener listener = await new GatedTransport(_door, places).BindAsync(s_anywhere, _cancel);
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
        IConnectionListener listener = await new GatedTransport(_door, places).BindAsync(s_anywhere, _cancel);
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
        IConnectionListener listener = await new GatedTransport(_door, places).BindAsync(s_anywhere, _cancel);
        _door.Fails = true;
        await Assert.ThrowsAsync<IOException>(async () => await listener.AcceptAsync(_cancel));
        Assert.Equal(1, places.CurrentCount);
        (_door.Fails, _door.IsClosed) = (false, true);
        Assert.Null(await listener.AcceptAsync(_cancel));
        Assert.Equal(1, places.CurrentCount);
    }

    public ValueTask DisposeAsync() => _door.DisposeAsync();

    private sealed class Door : IConnectionListenerFactory, IConnectionListener
    {
        public int Accepted { get; private set; }

        public bool IsUnbound { get; private set; }

        public bool IsClosed { get; set; }

        public bool Fails { get; set; }

        public EndPoint EndPoint => s_anywhere;

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            if (Fails)
            {
                throw new IOException("no more files");
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
