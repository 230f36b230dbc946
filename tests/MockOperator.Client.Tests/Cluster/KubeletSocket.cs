using System.Buffers.Binary;

namespace MockOperator.Client.Tests.Cluster;

/// <summary>
/// The server's end of a WebSocket as a kubelet has it (golang.org/x/net/websocket): each frame is a message, whether or not the peer calls it a fragment; a ping is answered. The framework's own
/// server would put fragments together.
/// </summary>
internal sealed class KubeletSocket(Stream stream) : IDisposable
{
    private const byte Continuation = 0;
    private const byte Binary = 2;
    private const byte CloseFrame = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>The payload of the next frame; null when the peer closed.</summary>
    public async Task<byte[]?> ReceiveAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var head = new byte[2];
            if (await stream.ReadAtLeastAsync(head, 2, throwOnEndOfStream: false, cancellationToken) < 2)
                return null;
            var length = head[1] & 0x7f;
            if (length == 126)
                length = BinaryPrimitives.ReadUInt16BigEndian(await ExactlyAsync(2, cancellationToken));
            else if (length == 127)
                length = (int)BinaryPrimitives.ReadUInt64BigEndian(await ExactlyAsync(8, cancellationToken));
            if ((head[1] & 0x80) == 0)
                return null;
            var mask = await ExactlyAsync(4, cancellationToken);
            var payload = await ExactlyAsync(length, cancellationToken);
            for (var i = 0; i < length; i++)
                payload[i] ^= mask[i % 4];

            switch (head[0] & 0x0f)
            {
                case Continuation or Binary:
                    return payload;
                case Pong:
                    break;
                case Ping:
                    await SendAsync(Pong, payload, cancellationToken);
                    break;
                default:
                    return null;
            }
        }
    }

    public Task SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => SendAsync(Binary, (byte[])[channel, .. data.Span], cancellationToken);

    public Task CloseAsync(int status, CancellationToken cancellationToken) => SendAsync(CloseFrame, (byte[])[(byte)(status >> 8), (byte)status], cancellationToken);

    public void Dispose() => _writing.Dispose();

    private async Task SendAsync(byte opcode, byte[] payload, CancellationToken cancellationToken)
    {
        byte[] head = payload.Length switch
        {
            <= 125 => [(byte)(0x80 | opcode), (byte)payload.Length],
            <= ushort.MaxValue => [(byte)(0x80 | opcode), 126, (byte)(payload.Length >> 8), (byte)payload.Length],
            _ => [(byte)(0x80 | opcode), 127, 0, 0, 0, 0, (byte)(payload.Length >> 24), (byte)(payload.Length >> 16), (byte)(payload.Length >> 8), (byte)payload.Length],
        };
        await _writing.WaitAsync(cancellationToken);
        try
        {
            await stream.WriteAsync((byte[])[.. head, .. payload], cancellationToken);
            await stream.FlushAsync(cancellationToken);
        }
        finally
        {
            _writing.Release();
        }
    }

    private async Task<byte[]> ExactlyAsync(int length, CancellationToken cancellationToken)
    {
        var bytes = new byte[length];
        await stream.ReadExactlyAsync(bytes, cancellationToken);
        return bytes;
    }
}
