using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MockOperator.Client.Calls;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

using MockOperator.Testing;

namespace MockOperator.Client.Tests.Cluster;

/// <summary>An API server with the pods of one mock, <c>tests/shop</c>, and the node that forwards to them.</summary>
internal sealed class FakeCluster : IAsyncDisposable
{
    public static readonly ObjectKey Mock = new("tests", "shop");

    private readonly WebApplication _server;
    private readonly CancellationTokenSource _end = new();
    private int _forwards;

    private FakeCluster(WebApplication server) => _server = server;

    /// <summary>The pods by name. One without a port to forward to stands for a pod in which nothing listens.</summary>
    public ConcurrentDictionary<string, FakePod> Pods { get; } = new(StringComparer.Ordinal);

    /// <summary>What the caller may not: <c>pods</c>, <c>portforward</c>, <c>deployments</c>.</summary>
    public ConcurrentDictionary<string, bool> Forbidden { get; } = new(StringComparer.Ordinal);

    /// <summary>Says what the node tells of a forwarding instead of doing it; null lets it.</summary>
    public Func<FakePod, string?> Trouble { get; set; } = _ => null;

    /// <summary>What the server does with a forwarding instead of all that it does; null lets it.</summary>
    public Func<KubeletSocket, CancellationToken, Task>? Forwarding { get; set; }

    /// <summary>Answers to upgrades, in place of an upgrade.</summary>
    public int? UpgradeStatus { get; set; }

    /// <summary>Forwardings that are open.</summary>
    public int OpenForwards => Volatile.Read(ref _forwards);

    /// <summary>Forwardings that there were.</summary>
    public ConcurrentQueue<string> Forwards { get; } = new();

    /// <summary>Credentials that came with requests.</summary>
    public ConcurrentQueue<string> Credentials { get; } = new();

    public string Address { get; private set; } = "";

    public static async Task<FakeCluster> StartAsync(int pods = 0)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var cluster = new FakeCluster(server);
        server.Run(cluster.AnswerAsync);
        await server.StartAsync();
        cluster.Address = server.Urls.First();
        for (var i = 0; i < pods; i++)
            await cluster.AddPodAsync($"shop-{i}");
        return cluster;
    }

    public async Task<FakePod> AddPodAsync(string name)
    {
        var pod = await FakePod.StartAsync(name);
        Pods[name] = pod;
        return pod;
    }

    public ApiTransport Connect() => ApiTransport.Connect(new k8s.KubernetesClientConfiguration { Host = Address, AccessToken = "of-the-caller" });

    public MockCalls Calls(TimeProvider? time = null, MockCallsOptions? options = null) =>
        new(new ResourceClient(Connect(), new ResourceClientOptions { Retries = 0, Json = MockCluster.Json }), Mock, options, time);

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        foreach (var pod in Pods.Values)
            await pod.DisposeAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        Credentials.Enqueue(context.Request.Headers.Authorization.ToString());
        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        switch (parts)
        {
            case ["api", "v1", "namespaces", "tests", "pods"]:
                Assert.Equal(MockPods.Selector("shop"), context.Request.Query["labelSelector"]);
                Assert.Equal("status.phase=Running", context.Request.Query["fieldSelector"]);
                await (Forbidden.ContainsKey("pods")
                    ? RefuseAsync(context, 403, "pods is forbidden: User \"u\" cannot list resource \"pods\" in API group \"\" in the namespace \"tests\"")
                    : ListAsync(context, Pods.Values.Where(p => p.IsRunning).Select(p => (p.Name, p.Uid, p.Owner))));
                break;
            case ["api", "v1", "namespaces", "tests", "pods", var name, "portforward"]:
                await ForwardAsync(context, name);
                break;
            case ["apis", "apps", "v1", "namespaces", "tests", "deployments", "shop-mock"]:
                await (Forbidden.ContainsKey("deployments")
                    ? RefuseAsync(context, 403, "deployments.apps \"shop-mock\" is forbidden: User \"u\" cannot get resource \"deployments\" in API group \"apps\" in the namespace \"tests\"")
                    : context.Response.WriteAsync(Metadata("shop-mock", "of-deployment", ("MockServer", "shop", "of-mock"))));
                break;
            case ["apis", "apps", "v1", "namespaces", "tests", "replicasets"]:
                await ListAsync(context, [("shop-mock-1", "of-set", ("Deployment", "shop-mock", "of-deployment")), ("other", "of-other-set", ("Deployment", "other", "of-other"))]);
                break;
            default:
                await RefuseAsync(context, 404, "not found");
                break;
        }
    }

    private static string Metadata(string name, string uid, (string Kind, string Name, string Uid) owner) => JsonSerializer.Serialize(new
    {
        apiVersion = "meta.k8s.io/v1",
        kind = "PartialObjectMetadata",
        metadata = new
        {
            name,
            uid,
            @namespace = "tests",
            resourceVersion = "1",
            ownerReferences = new[] { new { apiVersion = "x/v1", kind = owner.Kind, name = owner.Name, uid = owner.Uid, controller = true } },
        },
    });

    private static Task ListAsync(HttpContext context, IEnumerable<(string Name, string Uid, (string, string, string) Owner)> items) => context.Response.WriteAsync(
        $$"""{"apiVersion":"meta.k8s.io/v1","kind":"PartialObjectMetadataList","metadata":{"resourceVersion":"1"},"items":[{{string.Join(',', items.Select(i => Metadata(i.Name, i.Uid, i.Owner)))}}]}""");

    private static async Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        await context.Response.WriteAsync(JsonSerializer.Serialize(new { kind = "Status", apiVersion = "v1", status = "Failure", message, reason = status == 403 ? "Forbidden" : "NotFound", code = status }));
    }

    private async Task ForwardAsync(HttpContext context, string name)
    {
        Assert.Equal("v4.channel.k8s.io", context.Request.Headers.SecWebSocketProtocol);
        if (Forbidden.ContainsKey("portforward"))
            await RefuseAsync(context, 403, $"pods \"{name}\" is forbidden: User \"u\" cannot get resource \"pods/portforward\" in API group \"\" in the namespace \"tests\"");
        else if (UpgradeStatus is { } status)
            await RefuseAsync(context, status, "because");
        else if (!Pods.TryGetValue(name, out var pod))
            await RefuseAsync(context, 404, $"pods \"{name}\" not found");
        else
            await UpgradeAsync(context, pod, ushort.Parse(context.Request.Query["ports"]!));
    }

    private async Task UpgradeAsync(HttpContext context, FakePod pod, ushort port)
    {
        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
        using var socket = await KubeletSocket.AcceptAsync(context);
        Forwards.Enqueue(pod.Name);
        Interlocked.Increment(ref _forwards);
        try
        {
            if (Forwarding is { } instead)
            {
                await instead(socket, ends.Token);
                return;
            }

            byte[] prefix = [(byte)port, (byte)(port >> 8)];
            await socket.SendAsync(0, prefix, ends.Token);
            await socket.SendAsync(1, prefix, ends.Token);
            var trouble = Trouble(pod) ?? (port == 9092 && pod.IsListening ? null : "dial tcp4 127.0.0.1:9092: connect: connection refused");
            if (trouble is not null)
                await socket.SendAsync(1, Encoding.UTF8.GetBytes($"error forwarding port {port} to pod 0123, uid : failed to execute portforward in network namespace: {trouble}"), ends.Token);
            else
                await CopyAsync(socket, pod, ends.Token);
            await socket.CloseAsync(1000, ends.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end or the other is gone.
        }
        finally
        {
            Interlocked.Decrement(ref _forwards);
        }
    }

    private static async Task CopyAsync(KubeletSocket socket, FakePod pod, CancellationToken cancellationToken)
    {
        using var connection = new TcpClient();
        await connection.ConnectAsync("127.0.0.1", pod.Port, cancellationToken);
        await using var stream = connection.GetStream();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, pod.Ended);
        var out_ = Task.Run(
            async () =>
            {
                var buffer = new byte[32 * 1024];
                int length;
                while ((length = await stream.ReadAsync(buffer, either.Token)) > 0)
                    await socket.SendAsync(0, buffer.AsMemory(0, length), either.Token);
            },
            either.Token);
        var in_ = Task.Run(
            async () =>
            {
                while (await socket.ReceiveAsync(either.Token) is { } message)
                {
                    // As wsstream: the first byte of each frame is the channel, and nothing may be written to any but the first.
                    if (message.Length > 1 && message[0] == 0)
                        await stream.WriteAsync(message.AsMemory(1), either.Token);
                }
            },
            either.Token);
        await Task.WhenAny(out_, in_);
        await either.CancelAsync();
        await Task.WhenAll(out_, in_).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }
}
