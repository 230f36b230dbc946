using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Fuzzing.Soak;

/// <summary>Calls as nobody should make them. What comes of them does not matter, as long as it costs others nothing.</summary>
internal sealed class HostileCalls(RuntimeProcess runtime)
{
    private const int ReceiveBytes = 4096;
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(2);
    private long _made;

    private delegate Task Act(Socket socket, Random random, CancellationToken cancellation);

    /// <summary>Calls that were made.</summary>
    public long Made => Interlocked.Read(ref _made);

    /// <summary>Makes one call.</summary>
    /// <param name="random">Picks it.</param>
    public async Task NextAsync(Random random)
    {
        (int port, Act act) = Pick(random);
        try
        {
            using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = ReceiveBytes };
            using var patience = new CancellationTokenSource(s_patience);
            await socket.ConnectAsync(IPAddress.Loopback, port, patience.Token);
            await act(socket, random, patience.Token);
            if (random.Next(2) == 0)
            {
                // A reset instead of an end.
                socket.LingerState = new LingerOption(enable: true, seconds: 0);
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            // Refused, closed or kept waiting: all of it is right.
        }
        finally
        {
            Interlocked.Increment(ref _made);
        }
    }

    private (int Port, Act Act) Pick(Random random) => random.Next(14) switch
    {
        0 => (runtime.MockPort, Head(Get("/items/5?" + string.Join('&', Enumerable.Repeat("page", 2_000))))),
        1 => (runtime.MockPort, Head(Get("/" + string.Concat(Enumerable.Repeat("a/", 3_000))))),
        2 => (runtime.MockPort, Head(Get("/items/5", $"X-Long: {new string('h', 60_000)}\r\n"))),
        3 => (runtime.MockPort, Head(Get("/items/5", "x-mock-explain: true\r\n"))),
        4 => (runtime.MockPort, Head(Get("/items/5", "x-mock-response-delay: 180000\r\n"), answerBytes: 0)),
        5 => (runtime.MockPort, Head(Post(65_536, ""), answerBytes: 0)),
        6 => (runtime.MockPort, Head(Post(null, "5\r\n{\"n\":\r\nffffffff\r\n"))),
        7 => (runtime.MockPort, Head(Body(string.Concat(Enumerable.Repeat("[", 20_000)) + string.Concat(Enumerable.Repeat("]", 20_000))))),
        8 => (runtime.MockPort, Head(Body("{" + string.Join(',', Enumerable.Range(0, 3_000).Select(static member => $"\"m{member}\":{member}")) + "}"))),
        9 => (runtime.MockPort, Head(Get(BundleMount.LargePath), answerBytes: 1)),
        10 => (runtime.MockPort, Head("GET /items/5 HTTP/1.1\r\nHost: a", answerBytes: 0)),
        11 => (Any(random), Garbage),
        12 => (runtime.ControlPort, Head("GET /control/v1/revision HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer wrong\r\n\r\n")),
        _ => (runtime.ControlPort, Head("PUT /control/v1/bundle HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer wrong\r\nContent-Length: 2000000\r\n\r\n\0\0\0\u0001x")),
    };

    private int Any(Random random) => random.Next(3) switch { 0 => runtime.MockPort, 1 => runtime.AdminPort, _ => runtime.ControlPort };

    private static string Get(string target, string headers = "") => $"GET {target} HTTP/1.1\r\nHost: a\r\n{headers}\r\n";

    private static string Post(int? length, string body) =>
        $"POST /items/5 HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n{(length is { } bytes ? "Content-Length: " + bytes.ToString(CultureInfo.InvariantCulture) : "Transfer-Encoding: chunked")}\r\n\r\n{body}";

    private static string Body(string body) => Post(body.Length, body);

    /// <summary>Sends a text and reads the first bytes of what comes of it.</summary>
    private static Act Head(string text, int answerBytes = 4096) => async (socket, _, cancellation) =>
    {
        await socket.SendAsync(Encoding.Latin1.GetBytes(text), cancellation);
        if (answerBytes > 0)
        {
            await socket.ReceiveAsync(new byte[answerBytes], cancellation);
        }
    };

    private static async Task Garbage(Socket socket, Random random, CancellationToken cancellation)
    {
        byte[] bytes = new byte[random.Next(1, 4096)];
        random.NextBytes(bytes);
        await socket.SendAsync(bytes, cancellation);
        await socket.ReceiveAsync(new byte[64], cancellation);
    }
}
