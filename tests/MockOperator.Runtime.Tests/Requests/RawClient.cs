using System.Net.Sockets;
using System.Text;

namespace MockOperator.Runtime.Tests.Requests;

/// <summary>A client that writes bytes as they are given: what no well-behaved library would send.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient _client = new();

    public static async Task<RawClient> ConnectAsync(int port, CancellationToken cancellation)
    {
        var client = new RawClient();
        await client._client.ConnectAsync("127.0.0.1", port, cancellation);
        return client;
    }

    public async Task SendAsync(string text, CancellationToken cancellation) =>
        await _client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text), cancellation);

    /// <summary>Reads one response with a Content-Length: head and body.</summary>
    public async Task<string> ReadResponseAsync(CancellationToken cancellation, bool hasBody = true)
    {
        string head = await ReadUntilAsync("\r\n\r\n", cancellation);
        int length = 0;
        foreach (string line in head.Split("\r\n"))
        {
            if (line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
            {
                length = int.Parse(line.AsSpan("Content-Length:".Length), System.Globalization.CultureInfo.InvariantCulture);
            }
        }

        byte[] body = new byte[hasBody ? length : 0];
        await _client.GetStream().ReadExactlyAsync(body, cancellation);
        return head + Encoding.UTF8.GetString(body);
    }

    /// <summary>Reads until the server closes.</summary>
    public async Task<string> ReadToEndAsync(CancellationToken cancellation)
    {
        using var reader = new StreamReader(_client.GetStream(), Encoding.UTF8, leaveOpen: true);
        return await reader.ReadToEndAsync(cancellation);
    }

    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<string> ReadUntilAsync(string end, CancellationToken cancellation)
    {
        var text = new StringBuilder();
        byte[] one = new byte[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal))
        {
            if (await _client.GetStream().ReadAsync(one, cancellation) == 0)
            {
                throw new EndOfStreamException("The server closed after: " + text);
            }

            text.Append((char)one[0]);
        }

        return text.ToString();
    }
}
