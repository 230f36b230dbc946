using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using MockOperator.Runtime.Connections;
using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Tests.Connections;

public sealed class WatchedTransportTests
{
    private readonly MemoryBudget _budget = new(128 * 1024);
    private readonly Pipe _input = new();
    private readonly ConnectionSeat _seat;
    private readonly PipeReader _reader;

    public WatchedTransportTests()
    {
        var connection = new DefaultConnectionContext("one");
        _seat = new ConnectionSeat(connection, TimeProvider.System, _budget, static () => false);
        _reader = new WatchedTransport(new Transport(_input.Reader, new Pipe().Writer), _seat, hops: false).Input;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_read_of_a_body_that_outlives_its_request_is_let_go_of_in_peace()
    {
        // The server goes on reading a body in the background while the request ends: what it has read then was read as a body.
        await _input.Writer.WriteAsync("GET / HTTP/1.1\r\n\r\n"u8.ToArray(), Cancel);
        ReadResult head = await _reader.ReadAsync(Cancel);
        _reader.AdvanceTo(head.Buffer.End);
        _seat.Head.Close();
        await _input.Writer.WriteAsync(new byte[20_000], Cancel);
        ReadResult body = await _reader.ReadAsync(Cancel);

        _seat.Head.Reopen();
        _reader.AdvanceTo(body.Buffer.GetPosition(19_990), body.Buffer.End);

        await _input.Writer.WriteAsync(new byte[5], Cancel);
        Assert.Equal(15, (await _reader.ReadAsync(Cancel)).Buffer.Length);
    }

    private sealed record Transport(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
