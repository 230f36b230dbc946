using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;

namespace MockOperator.Runtime.Requests;

/// <summary>
/// Stands between Kestrel and the socket of a connection. While the application answers, everything passes through. What Kestrel writes on its own account is
/// the refusal of a request that never became one (no HTTP, a head too large or too slow): a bare head, which is given the JSON body that all
/// errors of a mock have.
/// </summary>
internal sealed class RefusalWriter(PipeWriter socket) : PipeWriter
{
    private const string EmptyBody = "Content-Length: 0\r\n";
    private const int StatusPosition = 9;
    private ArrayBufferWriter<byte>? _refusal;

    /// <summary>Whether the application is answering a request.</summary>
    public bool IsAnswering { get; set; }

    /// <inheritdoc/>
    public override bool CanGetUnflushedBytes => socket.CanGetUnflushedBytes;

    /// <inheritdoc/>
    public override long UnflushedBytes => socket.UnflushedBytes + (_refusal?.WrittenCount ?? 0);

    /// <summary>Puts a writer into every connection of a port; <see cref="MockExchange"/> finds it among the connection's features.</summary>
    public static ConnectionDelegate Attach(ConnectionDelegate next) => connection =>
    {
        var writer = new RefusalWriter(connection.Transport.Output);
        connection.Transport = new Pipes(connection.Transport.Input, writer);
        connection.Features.Set(writer);
        return next(connection);
    };

    /// <inheritdoc/>
    public override Memory<byte> GetMemory(int sizeHint = 0) => IsAnswering ? socket.GetMemory(sizeHint) : Refusal.GetMemory(sizeHint);

    /// <inheritdoc/>
    public override Span<byte> GetSpan(int sizeHint = 0) => IsAnswering ? socket.GetSpan(sizeHint) : Refusal.GetSpan(sizeHint);

    /// <inheritdoc/>
    public override void Advance(int bytes)
    {
        if (IsAnswering)
        {
            socket.Advance(bytes);
        }
        else
        {
            Refusal.Advance(bytes);
        }
    }

    /// <inheritdoc/>
    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        WriteRefusal();
        return socket.FlushAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void CancelPendingFlush() => socket.CancelPendingFlush();

    /// <inheritdoc/>
    public override void Complete(Exception? exception = null)
    {
        WriteRefusal();
        socket.Complete(exception);
    }

    private ArrayBufferWriter<byte> Refusal => _refusal ??= new ArrayBufferWriter<byte>(512);

    private void WriteRefusal()
    {
        if (_refusal is not { WrittenCount: > 0 } refusal)
        {
            return;
        }

        string head = Encoding.Latin1.GetString(refusal.WrittenSpan);
        refusal.ResetWrittenCount();
        if (head.EndsWith("\r\n\r\n", StringComparison.Ordinal)
            && head.Contains(EmptyBody, StringComparison.Ordinal)
            && int.TryParse(head.AsSpan(StatusPosition, 3), out int status)
            && ErrorAnswer.OfProtocol(status) is { } answer)
        {
            string described = $"Content-Length: {answer.Body.Length}\r\nContent-Type: {ErrorAnswer.ContentType}\r\n";
            socket.Write(Encoding.Latin1.GetBytes(head.Replace(EmptyBody, described, StringComparison.Ordinal)));
            socket.Write(answer.Body.Span);
        }
        else
        {
            socket.Write(Encoding.Latin1.GetBytes(head));
        }
    }

    private sealed record Pipes(PipeReader Input, PipeWriter Output) : IDuplexPipe;
}
