using System.Buffers;
using System.Buffers.Binary;
using System.Net.WebSockets;
using System.Text;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Forwarding;

/// <summary>The bytes of one forwarded connection, as messages of a WebSocket: the channel's number, then what was sent. Channel 0 is data, channel 1 says what went wrong.</summary>
/// <remarks>
/// <para>KubernetesClient's <c>StreamDemuxer</c> does this as well, but reads on however slow its reader is, into a buffer that grows without bound; its reads block a thread and cannot be
/// cancelled; a connection that broke looks like one that ended; and it cuts long writes into fragments, of which a kubelet takes each for a message.</para>
/// <para>Here nothing is read that nobody asked for, so a slow reader makes the peer wait.</para>
/// </remarks>
internal sealed class PortStream(WebSocket socket, ObjectKey pod, int port) : Stream
{
    private const byte Data = 0;
    private const byte Error = 1;
    private const int LongestError = 4096;
    private const int LongestWrite = 32 * 1024;

    private readonly byte[] _received = new byte[16 * 1024];
    private readonly ArrayBufferWriter<byte> _error = new();
    private readonly PortPrefix[] _prefixes = [new(), new()];
    private Memory<byte> _unread;
    private int _channel = -1;
    private bool _ended;
    private PodPortException? _failure;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (buffer.IsEmpty)
            return 0;
        while (_unread.IsEmpty && !_ended)
        {
            if (_failure is not null)
                throw _failure;
            await ReceiveAsync(cancellationToken);
        }

        var length = Math.Min(buffer.Length, _unread.Length);
        _unread[..length].CopyTo(buffer);
        _unread = _unread[length..];
        return length;
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var message = ArrayPool<byte>.Shared.Rent(Math.Min(buffer.Length, LongestWrite) + 1);
        try
        {
            for (; !buffer.IsEmpty; buffer = buffer[Math.Min(buffer.Length, LongestWrite)..])
            {
                var length = Math.Min(buffer.Length, LongestWrite);
                message[0] = Data;
                buffer[..length].CopyTo(message.AsMemory(1));
                // Always a whole message: its first byte is the channel, and a kubelet would look for one in each fragment.
                await socket.SendAsync(message.AsMemory(0, length + 1), WebSocketMessageType.Binary, endOfMessage: true, cancellationToken);
            }
        }
        catch (WebSocketException e)
        {
            throw PodPortException.Broken(pod, port, e.Message, e);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(message);
        }
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush()
    {
        // Each write is a message, sent at once.
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        // A read that waits ends with this; a closing handshake would have to wait for it.
        if (disposing)
            socket.Dispose();
        base.Dispose(disposing);
    }

    private async ValueTask ReceiveAsync(CancellationToken cancellationToken)
    {
        ValueWebSocketReceiveResult part;
        try
        {
            part = await socket.ReceiveAsync(_received.AsMemory(), cancellationToken);
        }
        catch (WebSocketException e)
        {
            throw _failure = PodPortException.Broken(pod, port, e.Message, e);
        }

        if (part.MessageType == WebSocketMessageType.Close)
        {
            if (socket.CloseStatus is not (null or WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty))
                throw _failure = PodPortException.Broken(pod, port, $"closed with {socket.CloseStatus} {socket.CloseStatusDescription}");
            _ended = true;
            return;
        }

        if (part.MessageType != WebSocketMessageType.Binary)
            throw _failure = PodPortException.Broken(pod, port, "the server speaks another protocol");

        var bytes = _received.AsMemory(0, part.Count);
        if (_channel < 0 && !bytes.IsEmpty)
        {
            _channel = bytes.Span[0];
            bytes = bytes[1..];
        }

        if (_channel is Data or Error && !_prefixes[_channel].TakeOff(ref bytes, port))
            throw _failure = PodPortException.Broken(pod, port, "the server answers for another port");
        if (_channel == Data)
            _unread = bytes;
        else if (_channel == Error)
            _error.Write(bytes.Span[..Math.Min(bytes.Length, LongestError - _error.WrittenCount)]);
        if (!part.EndOfMessage)
            return;

        _channel = -1;
        if (_error.WrittenCount > 0)
            throw _failure = PodPortException.Reported(pod, port, Encoding.UTF8.GetString(_error.WrittenSpan));
    }

    /// <summary>The two bytes that each channel begins with: the port, little-endian, in a message of their own or not.</summary>
    private sealed class PortPrefix
    {
        private readonly byte[] _bytes = new byte[2];
        private int _length;

        /// <summary>Takes the port off the beginning of what a channel says.</summary>
        /// <returns>Whether it is that port, as far as it is known.</returns>
        public bool TakeOff(ref Memory<byte> bytes, int port)
        {
            if (_length == _bytes.Length)
                return true;
            var taken = Math.Min(bytes.Length, _bytes.Length - _length);
            bytes.Span[..taken].CopyTo(_bytes.AsSpan(_length));
            bytes = bytes[taken..];
            _length += taken;
            return _length < _bytes.Length || BinaryPrimitives.ReadUInt16LittleEndian(_bytes) == port;
        }
    }
}
