using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Runtime.Tests.Hosting;

/// <summary>A socket that does what no well-behaved client does: stays silent, does not read, resets.</summary>
internal sealed class RawSocket : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveBufferSize = 4096 };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public static async Task<RawSocket> ConnectAsync(int port)
    {
        var socket = new RawSocket();
        await socket._socket.ConnectAsync(IPAddress.Loopback, port, Cancel);
        return socket;
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(ReadOnlyMemory<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            bytes = bytes[await _socket.SendAsync(bytes, Cancel)..];
        }
    }

    /// <summary>Reads until the server closes, or so many bytes.</summary>
    public async Task<string> ReadToEndAsync(int most = int.MaxValue)
    {
        using var text = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while (text.Length < most && (read = await _socket.ReceiveAsync(buffer, Cancel)) > 0)
        {
            text.Write(buffer, 0, read);
        }

        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Ends the connection by a reset, as a client that crashes does.</summary>
    public void Reset() => _socket.Close(timeout: 0);

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }
}
