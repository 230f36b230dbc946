using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using MockOperator.Fuzzing.Engine;
using MockOperator.Resources;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Hosting;

namespace MockOperator.Fuzzing.Targets;

/// <summary>
/// Bytes as they are against the ports of a running runtime: the first byte picks the mocks' port, the administration's or the control port. Whatever they are, no answer is a 5xx, nothing is
/// written into the log, and another client is answered.
/// </summary>
internal sealed partial class PortsTarget : FuzzTarget
{
    private const string Token = "a token for fuzzing";
    private const int AskEvery = 64;
    private static readonly TimeSpan s_patience = TimeSpan.FromMilliseconds(40);
    private readonly string _directory = Directory.CreateTempSubdirectory("fuzz-ports-").FullName;
    private readonly LogOfFaults _log = new();
    private readonly ILoggerFactory _loggers;
    private readonly RuntimeHost _host;
    private readonly BundleFollower _follower;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _following;
    private readonly HttpClient _other = new(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(30) };
    private int _asked;

    /// <summary>Starts a runtime.</summary>
    public PortsTarget()
    {
        string bundle = Directory.CreateDirectory(Path.Combine(_directory, "bundle")).FullName;
        string secrets = Directory.CreateDirectory(Path.Combine(_directory, "secrets")).FullName;
        byte[] collection = SeedFiles.Corpus("petstore*collection.json").Single();
        (byte[] index, List<byte[]> parts) = BundleFrames.Pack("r1", BundleFrames.Hash(Encoding.UTF8.GetBytes(Token)), SeedFiles.Text("""{"name":"n","namespace":"s","matching":{"body":"Exact"},"cors":{"allowOrigins":["https://*.example.com"]}}"""), collection);
        File.WriteAllBytes(Path.Combine(bundle, BundleIndex.FileName), index);
        foreach ((string file, byte[] part) in Files(index, parts))
        {
            File.WriteAllBytes(Path.Combine(bundle, file), part);
        }

        _loggers = _log.Factory();
        _host = new RuntimeHost(new RuntimeHostOptions { Address = IPAddress.Loopback, Port = 0, AdminPort = 0, ControlPort = 0, CallsPort = 0 }, _loggers, TimeProvider.System);
        _follower = new BundleFollower(bundle, secrets, _host.Mocks, _host.State, _host.Metrics, TimeProvider.System, _loggers.CreateLogger<BundleFollower>());
        _follower.Look();
        _following = Task.Run(() => _follower.RunAsync(_ended.Token));
        _host.OpenAsync(_follower, CancellationToken.None).GetAwaiter().GetResult();
    }

    /// <inheritdoc/>
    public override string Name => "ports";

    /// <inheritdoc/>
    public override int MaxLength => 4 * 1024;

    /// <inheritdoc/>
    public override IReadOnlyList<string> Words =>
    [
        "GET / HTTP/1.1\r\n", "POST /pets HTTP/1.1\r\n", "PUT /control/v1/bundle HTTP/1.1\r\n", "POST /control/v1/quotas HTTP/1.1\r\n", "GET /metrics HTTP/1.1\r\n", "OPTIONS * HTTP/1.1\r\n", "CONNECT a:1 HTTP/1.1\r\n", "GET http://a/b HTTP/1.1\r\n", "Host: a\r\n", "Content-Length: 5\r\n", "Content-Length: 99999999999999999999\r\n",
        "Transfer-Encoding: chunked\r\n", "5\r\nabcde\r\n", "0\r\n\r\n", "ffffffff\r\n", "Expect: 100-continue\r\n", "Connection: close\r\n", "Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "Origin: https://a.example.com\r\n", "Access-Control-Request-Method: PUT\r\n",
        "x-mock-explain: true\r\n", "x-mock-response-code: 404\r\n", $"Authorization: Bearer {Token}\r\n", "\r\n\r\n", "HTTP/1.0", "HTTP/9.9", "\u0016\u0003\u0001",
    ];

    /// <summary>The work is done by threads of the runtime.</summary>
    public override long MostAllocated(int length) => -1;

    /// <inheritdoc/>
    public override IEnumerable<byte[]> Seeds() => ((string[])
    [
        "0GET /v1/pets HTTP/1.1\r\nHost: a\r\n\r\n",
        "0POST /v1/pets HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 9\r\n\r\n{\"a\": 1}\n",
        "0POST /v1/pets HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n2\r\n1}\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n",
        "0OPTIONS /v1/pets HTTP/1.1\r\nHost: a\r\nOrigin: https://a.example.com\r\nAccess-Control-Request-Method: PUT\r\n\r\n",
        "0GET /v1/pets?x-mock HTTP/1.1\r\nHost: a\r\nx-mock-explain: true\r\nConnection: close\r\n\r\n",
        "1GET /metrics HTTP/1.1\r\nHost: a\r\n\r\n",
        "1GET /readyz HTTP/1.0\r\n\r\n",
        $"2GET /control/v1/revision HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Token}\r\n\r\n",
        $"2POST /control/v1/quotas HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Token}\r\nContent-Length: 12\r\n\r\n{{\"mock\":\"n\"}}",
        $"2PUT /control/v1/bundle?supersedes=r1 HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {Token}\r\nContent-Length: 6\r\n\r\n\0\0\0\u0002{{}}",
    ]).Select(SeedFiles.Text);

    /// <inheritdoc/>
    public override void Run(byte[] input)
    {
        if (input.Length == 0)
        {
            return;
        }

        int port = (input[0] % 3) switch { 0 => _host.MockPort, 1 => _host.AdminPort, _ => _host.ControlPort };
        string answer = Encoding.Latin1.GetString(Exchange(port, input.AsSpan(1)));
        foreach (Match status in Status().Matches(answer))
        {
            Violation.Unless(status.Value is "505" || !status.Value.StartsWith('5'), $"No answer is a {status.Value}, which would be a fault of ours.");
        }

        if (++_asked % AskEvery == 0)
        {
            using HttpResponseMessage other = _other.Send(new HttpRequestMessage(HttpMethod.Get, new Uri($"http://127.0.0.1:{_host.AdminPort}/readyz")));
            Violation.Unless(other.StatusCode == HttpStatusCode.OK, "Another client is answered.");
        }

        _log.IsEmpty();
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _ended.Cancel();
        _following.GetAwaiter().GetResult();
        _host.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _follower.Dispose();
        _loggers.Dispose();
        _other.Dispose();
        _ended.Dispose();
        Directory.Delete(_directory, recursive: true);
        base.Dispose();
    }

    /// <summary>Sends bytes, and reads what comes until the server closes or has nothing more to say.</summary>
    private static byte[] Exchange(int port, ReadOnlySpan<byte> bytes)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = (int)s_patience.TotalMilliseconds, LingerState = new LingerOption(enable: true, seconds: 0) };
        socket.Connect(IPAddress.Loopback, port);
        using var answer = new MemoryStream();
        byte[] buffer = new byte[16 * 1024];
        try
        {
            socket.Send(bytes);
            socket.Shutdown(SocketShutdown.Send);
            int count;
            while ((count = socket.Receive(buffer)) > 0)
            {
                answer.Write(buffer, 0, count);
            }
        }
        catch (SocketException)
        {
            // Closed by the server, which is an answer, or waiting for more.
        }

        return answer.ToArray();
    }

    private static IEnumerable<(string File, byte[] Part)> Files(byte[] index, List<byte[]> parts) =>
        BundleReader.ParseIndex(index)!.Entries.SelectMany(static entry => entry.Parts).Select(static part => part.File).Zip(parts);

    // 505 says that the client speaks another version of HTTP (RFC 9110 §15.6.6).
    [GeneratedRegex(@"(?<=^HTTP/1\.1 )\d{3}(?= )", RegexOptions.Multiline)]
    private static partial Regex Status();
}
