using System.Buffers.Binary;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace MockOperator.Testing;

/// <summary>
/// The server's end of a WebSocket as a kubelet has it (golang.org/x/net/websocket): each frame is a message, whether or not the peer calls it a fragment; a ping is answered. The framework's own
/// server would put fragments together.
/// </summary>
public sealed class KubeletSocket(Stream stream) : IDisposable
{
    private const byte Continuation = 0;
    private const byte Binary = 2;
    private const byte CloseFrame = 8;
    private const byte Ping = 9;
    private const byte Pong = 10;

    private readonly SemaphoreSlim _writing = new(1);

    /// <summary>Answers a request for a forwarding by the protocol that the API has for it.</summary>
    public static async Task<KubeletSocket> AcceptAsync(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
#pragma warning disable CA5350 // What RFC 6455 asks for, and no secret.
        var accept = Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(context.Request.Headers.SecWebSocketKey + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));
#pragma warning restore CA5350
        context.Response.Headers.Upgrade = "websocket";
        context.Response.Headers.Connection = "Upgrade";
        context.Response.Headers.SecWebSocketAccept = accept;
        context.Response.Headers.SecWebSocketProtocol = "v4.channel.k8s.io";
        return new KubeletSocket(await context.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync());
    }

    /// <summary>Carries one connection to a port of this machine, as a kubelet does to a port of a pod.</summary>
    /// <param name="port">The port of the pod.</param>
    /// <param name="here">The port of this machine; null when nothing listens in the pod.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task ForwardAsync(ushort port, int? here, CancellationToken cancellationToken)
    {
        byte[] prefix = [(byte)port, (byte)(port >> 8)];
        await SendAsync(0, prefix, cancellationToken);
        await SendAsync(1, prefix, cancellationToken);
        using var connection = new TcpClient { NoDelay = true };
        try
        {
            await connection.ConnectAsync("127.0.0.1", here ?? throw new SocketException((int)SocketError.ConnectionRefused), cancellationToken);
        }
        catch (SocketException)
        {
            await SendAsync(1, Encoding.UTF8.GetBytes($"error forwarding port {port} to pod 0123, uid : failed to execute portforward in network namespace: dial tcp4 127.0.0.1:{port}: connect: connection refused"), cancellationToken);
            await CloseAsync(1000, cancellationToken);
            return;
        }

        await using var bytes = connection.GetStream();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var back = ToCallerAsync(bytes, either.Token);
        var forth = ToPortAsync(bytes, either.Token);
        await Task.WhenAny(back, forth);
        await either.CancelAsync();
        await Task.WhenAll(back, forth).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await CloseAsync(1000, cancellationToken);
    }

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
                    await FrameAsync(Pong, payload, cancellationToken);
                    break;
                default:
                    return null;
            }
        }
    }

    public Task SendAsync(byte channel, ReadOnlyMemory<byte> data, CancellationToken cancellationToken) => FrameAsync(Binary, (byte[])[channel, .. data.Span], cancellationToken);

    public Task CloseAsync(int status, CancellationToken cancellationToken) => FrameAsync(CloseFrame, (byte[])[(byte)(status >> 8), (byte)status], cancellationToken);

    public void Dispose() => _writing.Dispose();

    private async Task ToCallerAsync(Stream bytes, CancellationToken cancellationToken)
    {
        var buffer = new byte[32 * 1024];
        int length;
        while ((length = await bytes.ReadAsync(buffer, cancellationToken)) > 0)
            await SendAsync(0, buffer.AsMemory(0, length), cancellationToken);
    }

    private async Task ToPortAsync(Stream bytes, CancellationToken cancellationToken)
    {
        while (await ReceiveAsync(cancellationToken) is { } message)
        {
            // As wsstream: the first byte of each frame is the channel, and nothing may be written to any but the first.
            if (message.Length > 1 && message[0] == 0)
                await bytes.WriteAsync(message.AsMemory(1), cancellationToken);
        }
    }

    private async Task FrameAsync(byte opcode, byte[] payload, CancellationToken cancellationToken)
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
