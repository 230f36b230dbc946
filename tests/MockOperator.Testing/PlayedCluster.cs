using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using MockOperator.Client.Connections;

namespace MockOperator.Testing;

/// <summary>
/// An API server in memory, over HTTP on the loopback address: tokens, rights and reviews of them, objects with versions and owners, watches, merge patches and applies, metadata alone, pages, and the
/// forwarding of pods' ports to ports of this machine. It runs no controllers: a test plays them (<see cref="PlayedObjects.Written"/>).
/// </summary>
public sealed class PlayedCluster : IAsyncDisposable
{
    /// <summary>The token of <see cref="PlayedUser.Admin"/>, which every cluster knows.</summary>
    public const string AdminToken = "token-of-admin";

    private readonly WebApplication _server;
    private readonly CancellationTokenSource _end = new();

    private PlayedCluster(WebApplication server, TimeProvider time)
    {
        _server = server;
        Objects = new PlayedObjects(time);
        Users[AdminToken] = PlayedUser.Admin;
        foreach (var ns in (string[])["default", "demo"])
            Objects.Put("namespaces", new JsonObject { ["apiVersion"] = "v1", ["kind"] = "Namespace", ["metadata"] = new JsonObject { ["name"] = ns, ["namespace"] = "" } });
    }

    /// <summary>What is stored. Namespaces are objects without a namespace.</summary>
    public PlayedObjects Objects { get; }

    /// <summary>Who has which token. What is removed has expired.</summary>
    public ConcurrentDictionary<string, PlayedUser> Users { get; } = new(StringComparer.Ordinal);

    /// <summary>All requests, in their order.</summary>
    public ConcurrentQueue<PlayedRequest> Requests { get; } = new();

    /// <summary>Ports of pods, as <c>namespace/pod:port</c>, and the ports of this machine that stand for them. Any other refuses connections.</summary>
    public ConcurrentDictionary<string, int> Ports { get; } = new(StringComparer.Ordinal);

    /// <summary>Logs of pods, as <c>namespace/pod</c>. Those of others are empty.</summary>
    public ConcurrentDictionary<string, string> Logs { get; } = new(StringComparer.Ordinal);

    /// <summary>The minor version of Kubernetes 1 that it says it is.</summary>
    public string Minor { get; set; } = "36";

    /// <summary>Answers a request with this status and message instead, when it gives one.</summary>
    public Func<PlayedRequest, (int Status, string Message)?> Trouble { get; set; } = static _ => null;

    /// <summary>Its URL.</summary>
    public string Address { get; private set; } = "";

    /// <summary>Starts one. It has the namespaces <c>default</c> and <c>demo</c>.</summary>
    public static async Task<PlayedCluster> StartAsync(TimeProvider? time = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(static options => options.Limits.MaxRequestBodySize = 64 * 1024 * 1024);
        var server = builder.Build();
        var cluster = new PlayedCluster(server, time ?? TimeProvider.System);
        server.Run(cluster.AnswerAsync);
        await server.StartAsync();
        cluster.Address = server.Urls.First();
        return cluster;
    }

    /// <summary>How to connect with a token.</summary>
    public KubernetesClientConfiguration Configuration(string token = AdminToken, string ns = "demo") => new() { Host = Address, AccessToken = token, Namespace = ns };

    /// <summary>The cluster as the bearer of a token sees it.</summary>
    public MockCluster Connect(string token = AdminToken, string ns = "demo", string fieldManager = "tests") => new(Configuration(token, ns), fieldManager);

    /// <summary>Writes a kubeconfig of a token into a file, for programs.</summary>
    public async Task<string> WriteKubeconfigAsync(string path, string token = AdminToken, string ns = "demo")
    {
        await File.WriteAllTextAsync(
            path,
            $"""
            apiVersion: v1
            kind: Config
            current-context: played
            contexts:
            - name: played
              context:
                cluster: played
                user: somebody
                namespace: {ns}
            clusters:
            - name: played
              cluster:
                server: "{Address}"
            users:
            - name: somebody
              user:
                token: "{token}"
            """);
        return path;
    }

    /// <summary>Puts a pod of a mock there, with the Deployment and ReplicaSet that own it, as the operator and the cluster make them.</summary>
    /// <param name="mock">The mock, which must be there.</param>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="ports">Its ports, and the ports of this machine that stand for them.</param>
    /// <param name="ns">Their namespace.</param>
    public void AddPod(string mock, string pod, IReadOnlyDictionary<int, int>? ports = null, string ns = "demo")
    {
        var uid = (string?)Objects.Find("mockservers", ns, mock)?["metadata"]!["uid"] ?? throw new ArgumentException($"There is no mock {ns}/{mock}.", nameof(mock));
        var deployment = Objects.Find("deployments", ns, mock + "-mock") ?? Objects.Put("deployments", Child("apps/v1", "Deployment", ns, mock + "-mock", mock, ("MockServer", mock, uid)));
        var set = Objects.Find("replicasets", ns, mock + "-mock-1") ?? Objects.Put("replicasets", Child("apps/v1", "ReplicaSet", ns, mock + "-mock-1", mock, ("Deployment", mock + "-mock", (string)deployment["metadata"]!["uid"]!)));
        var running = Child("v1", "Pod", ns, pod, mock, ("ReplicaSet", mock + "-mock-1", (string)set["metadata"]!["uid"]!));
        running["spec"] = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "mock-runtime" }) };
        running["status"] = new JsonObject
        {
            ["phase"] = "Running",
            ["podIP"] = "10.0.0.1",
            ["conditions"] = new JsonArray(new JsonObject { ["type"] = "Ready", ["status"] = "True" }),
        };
        Objects.Put("pods", running);
        foreach (var (port, here) in ports ?? new Dictionary<int, int>())
            Ports[$"{ns}/{pod}:{port}"] = here;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        _end.Dispose();
    }

    private static JsonObject Child(string apiVersion, string kind, string ns, string name, string mock, (string Kind, string Name, string Uid) owner) => new()
    {
        ["apiVersion"] = apiVersion,
        ["kind"] = kind,
        ["metadata"] = new JsonObject
        {
            ["name"] = name,
            ["namespace"] = ns,
            ["labels"] = new JsonObject { ["app.kubernetes.io/name"] = "mock-runtime", ["mockoperator.dev/mock-server"] = mock },
            ["ownerReferences"] = new JsonArray(new JsonObject { ["apiVersion"] = "x/v1", ["kind"] = owner.Kind, ["name"] = owner.Name, ["uid"] = owner.Uid, ["controller"] = true }),
        },
    };

    private async Task AnswerAsync(HttpContext context)
    {
        var user = context.Request.Headers.Authorization.ToString() is var credentials && credentials.StartsWith("Bearer ", StringComparison.Ordinal)
            ? Users.GetValueOrDefault(credentials["Bearer ".Length..])
            : null;
        if (user is null)
        {
            await PlayedAnswers.RefuseAsync(context, 401, "Unauthorized", "Unauthorized");
            return;
        }

        if (context.Request.Path == "/version")
        {
            await PlayedAnswers.WriteAsync(context, 200, new JsonObject { ["major"] = "1", ["minor"] = Minor, ["gitVersion"] = $"v1.{Minor.TrimEnd('+')}.0" });
            return;
        }

        if (PlayedRequest.Read(user.Name, context.Request.Method, context.Request.Path, context.Request.Query["watch"] == "true") is not { } request)
        {
            await PlayedAnswers.RefuseAsync(context, 404, "NotFound", "the server could not find the requested resource");
            return;
        }

        if (request.Resource is "selfsubjectaccessreviews")
        {
            await ReviewAsync(context, user);
            return;
        }

        Requests.Enqueue(request);
        if (Trouble(request) is { } trouble)
            await PlayedAnswers.RefuseAsync(context, trouble.Status, trouble.Status == 409 ? "Conflict" : "InternalError", trouble.Message);
        else if (!user.May(request))
            await PlayedAnswers.RefuseAsync(context, 403, "Forbidden", request.Forbidden());
        else if (request.Subresource == "portforward")
            await ForwardAsync(context, request);
        else if (request.Subresource == "log")
            await context.Response.WriteAsync(Logs.GetValueOrDefault($"{request.Namespace}/{request.Name}", ""));
        else
            await PlayedAnswers.AnswerAsync(context, request, Objects, _end.Token);
    }

    private static async Task ReviewAsync(HttpContext context, PlayedUser user)
    {
        var review = (await JsonNode.ParseAsync(context.Request.Body))!.AsObject();
        var asked = review["spec"]!["resourceAttributes"]!;
        var allowed = user.May(new PlayedRequest(
            user.Name,
            (string?)asked["verb"] ?? "",
            (string?)asked["group"] ?? "",
            (string?)asked["resource"] ?? "",
            (string?)asked["subresource"],
            (string?)asked["namespace"] is { Length: > 0 } ns ? ns : null,
            (string?)asked["name"]));
        review["status"] = new JsonObject { ["allowed"] = allowed };
        await PlayedAnswers.WriteAsync(context, 201, review);
    }

    private async Task ForwardAsync(HttpContext context, PlayedRequest request)
    {
        var port = ushort.Parse(context.Request.Query["ports"]!, System.Globalization.CultureInfo.InvariantCulture);
        if (Objects.Find("pods", request.Namespace!, request.Name!) is null)
        {
            await PlayedAnswers.RefuseAsync(context, 404, "NotFound", $"pods \"{request.Name}\" not found");
            return;
        }

        using var ends = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, _end.Token);
        using var socket = await KubeletSocket.AcceptAsync(context);
        try
        {
            await socket.ForwardAsync(port, Ports.TryGetValue($"{request.Namespace}/{request.Name}:{port}", out var here) ? here : null, ends.Token);
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One end or the other is gone.
        }
    }
}
