using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using MockOperator.Client.Connections;
using MockOperator.Dashboard.Access;
using MockOperator.Testing;

namespace MockOperator.Dashboard.Tests.Showing;

/// <summary>A dashboard over a played cluster whose namespace <c>shop</c> has a mock in each state that a mock can be in.</summary>
internal sealed class Showcase : IAsyncDisposable
{
    public const string Namespace = "shop";
    public const string ViewerToken = "token-of-viewer";
    public const string EditorToken = "token-of-editor";
    public const string NobodyToken = "token-of-nobody";

    private readonly MockCluster? _caller;
    private readonly ClusterGate? _gate;
    private readonly WebApplication _app;

    private Showcase(PlayedCluster cluster, WebApplication app, MockCluster? caller, ClusterGate? gate, string entry)
    {
        Cluster = cluster;
        _app = app;
        _caller = caller;
        _gate = gate;
        Entry = entry;
    }

    public PlayedCluster Cluster { get; }

    /// <summary>Where the dashboard listens.</summary>
    public Uri Url => new(_app.Urls.First());

    /// <summary>The address that opens once; empty with tokens.</summary>
    public string Entry { get; }

    /// <summary>The dashboard of whoever started it.</summary>
    public static async Task<Showcase> OpenLocalAsync(string token = PlayedCluster.AdminToken, TimeProvider? time = null, Func<ReadOnlyMemory<byte>, string>? yaml = null)
    {
        var cluster = await ClusterAsync(time);
        var caller = new MockCluster(cluster.Configuration(token, Namespace), "mock-dashboard", time);
        var access = new LocalAccess(caller, "maria");
        return new Showcase(cluster, await StartAsync(access, time, yaml), caller, null, access.EntryPath);
    }

    /// <summary>The dashboard of everybody with a token.</summary>
    public static async Task<Showcase> OpenSharedAsync(string? trustedHeader = null, ReadOnlyMemory<byte>? key = null, TimeProvider? time = null)
    {
        var cluster = await ClusterAsync(time);
        var gate = new ClusterGate(cluster.Configuration("none"), "mock-dashboard", time);
        return new Showcase(cluster, await StartAsync(new TokenAccess(gate, time, key, trustedHeader), time), null, gate, "");
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
        _caller?.Dispose();
        _gate?.Dispose();
        await Cluster.DisposeAsync();
    }

    /// <summary>Puts a mock there.</summary>
    public static JsonObject Mock(string name, string spec, string status, string ns = Namespace) => JsonNode.Parse($$"""
        {"apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockServer",
         "metadata": {"name": "{{name}}", "namespace": "{{ns}}", "generation": 1},
         "spec": {{spec}},
         "status": {{status}}}
        """)!.AsObject();

    /// <summary>The status of a mock with one condition.</summary>
    public static string Status(string name, string ready, string reason, string message, string more = "", string ns = Namespace) => $$"""
        {"observedGeneration": 1, "url": "http://{{name}}.{{ns}}.svc", "replicas": 1, "readyReplicas": 1, "acknowledgedReplicas": 1, "exampleCount": 4, "revision": "8c5f31ab02d7" {{more}},
         "conditions": [
           {"type": "Ready", "status": "{{ready}}", "reason": "{{reason}}", "message": "{{message}}", "lastTransitionTime": "2026-11-20T08:00:00Z"},
           {"type": "CollectionResolved", "status": "{{(ready == "False" ? "False" : "True")}}", "reason": "{{(ready == "False" ? reason : "Resolved")}}", "message": "{{(ready == "False" ? message : "4 examples")}}", "lastTransitionTime": "2026-11-20T08:00:00Z"}]}
        """;

    private static async Task<WebApplication> StartAsync(DashboardAccess access, TimeProvider? time, Func<ReadOnlyMemory<byte>, string>? yaml = null)
    {
        var app = DashboardServer.Create(new DashboardOptions
        {
            Access = access,
            Listen = new IPEndPoint(IPAddress.Loopback, 0),
            Yaml = yaml ?? (static json => Encoding.UTF8.GetString(json.Span)),
            Time = time ?? TimeProvider.System,
        });
        await app.StartAsync();
        return app;
    }

    private static async Task<PlayedCluster> ClusterAsync(TimeProvider? time)
    {
        var cluster = await PlayedCluster.StartAsync(time);
        cluster.Users[ViewerToken] = PlayedUser.Viewer(Namespace);
        cluster.Users[EditorToken] = PlayedUser.Editor(Namespace);
        cluster.Users[NobodyToken] = PlayedUser.Nobody;
        cluster.Objects.Put("namespaces", """{"apiVersion": "v1", "kind": "Namespace", "metadata": {"name": "shop", "namespace": ""}}""");
        cluster.Objects.Put("collections", Petstore());
        foreach (var (name, examples) in (ReadOnlySpan<(string, int)>)[("payments", 12), ("orders", 7), ("legacy", 3)])
        {
            cluster.Objects.Put("collections", $$$"""
                {"apiVersion": "mockoperator.dev/v1alpha1", "kind": "Collection", "metadata": {"name": "{{{name}}}", "namespace": "shop", "generation": 1},
                 "spec": {"examples": [{"name": "first", "request": {"method": "GET", "path": "/{{{name}}}"}, "response": {"status": 200, "body": "[]"}}]},
                 "status": {"observedGeneration": 1, "exampleCount": {{{examples}}}, "skippedCount": {{{(name == "orders" ? 2 : 0)}}},
                   "conditions": [{"type": "Ready", "status": "True", "reason": "Understood", "message": "Everything was understood.", "lastTransitionTime": "2026-11-20T08:00:00Z"}],
                   "versions": [{"tag": "CURRENT", "exampleCount": {{{examples}}}, "skippedCount": {{{(name == "orders" ? 2 : 0)}}}, "issues": {{{(name == "orders" ? Issues : "[]")}}}}]}}
                """);
        }

        cluster.Objects.Put("mockservers", Mock(
            "petstore",
            """{"displayName": "Petstore", "collectionRef": {"name": "petstore"}, "environment": {"postman": {"configMapKeyRef": {"name": "staging", "key": "environment.json"}}}}""",
            Status("petstore", "True", "Serving", "Served by all pods.", """, "collection": {"name": "petstore", "version": "CURRENT"}, "calls": {"quota": "team", "answered": 5204, "resetsAt": "2026-12-01T00:00:00Z"}""")));
        cluster.Objects.Put("mockservers", Mock(
            "payments",
            """{"displayName": "Payments", "collectionRef": {"name": "payments", "version": "v2.1"}, "private": true, "replicas": 2, "matching": {"body": "Subset", "headers": ["X-Tenant"]}, "rateLimit": {"requests": 120, "per": "1m"}, "cors": {"allowOrigins": ["https://shop.example.com"], "allowCredentials": true}, "ingress": {"host": "pay.mocks.example.com"}}""",
            Status("payments", "True", "Serving", "Served by all pods.", """, "externalUrl": "https://pay.mocks.example.com", "calls": {"quota": "team", "answered": 2961}""")));
        cluster.Objects.Put("mockservers", Mock(
            "orders",
            """{"displayName": "Orders", "collectionRef": {"name": "orders"}, "environment": {"variables": [{"name": "host", "value": "x"}]}, "serverResponses": [{"name": "outage", "status": 503, "headers": [{"name": "Retry-After", "value": "30"}, {"name": "Content-Type", "value": "application/json"}], "body": "{\"error\": \"down until {{time}}\"}"}, {"name": "flaky", "status": 500, "share": 20}], "activeServerResponse": "flaky", "delay": {"fixed": "120ms"}}""",
            Status("orders", "False", "PodsNotStarting", "Pods do not start: the image cannot be pulled (ErrImagePull).", """, "calls": {"quota": "team", "answered": 247}""")));
        cluster.Objects.Put("mockservers", Mock(
            "legacy",
            """{"displayName": "Legacy", "collectionRef": {"name": "legacy", "version": "v9"}}""",
            Status("legacy", "False", "VersionNotFound", "Collection 'legacy' has no version 'v9'; it has CURRENT, v1.", """, "calls": {"quota": "team", "answered": 0}""")));
        cluster.Objects.Put("mockservers", Mock(
            "black-friday",
            """{"displayName": "Black Friday", "replicas": 0, "collection": {"examples": [{"name": "sale", "request": {"path": "/sale"}, "response": {"body": "{}"}}]}}""",
            Status("black-friday", "True", "Paused", "No replicas are asked for.", """, "calls": {"quota": "team", "answered": 0}""")));
        cluster.Objects.Put("mockservers", Mock("checkout", """{"displayName": "Checkout", "collectionRef": {"name": "orders"}}""", """{"conditions": [{"type": "Ready", "status": "Unknown", "reason": "Pending", "message": "Not looked at yet."}]}"""));
        cluster.Objects.Put("configmaps", """
            {"apiVersion": "v1", "kind": "ConfigMap", "metadata": {"name": "staging", "namespace": "shop", "labels": {"mockoperator.dev/postman-environment": "true"}, "annotations": {"mockoperator.dev/display-name": "Staging"}},
             "data": {"environment.json": "{\"name\": \"Staging\", \"values\": []}"}}
            """);
        cluster.Objects.Put("mockquotas", """
            {"apiVersion": "mockoperator.dev/v1alpha1", "kind": "MockQuota", "metadata": {"name": "team", "namespace": "shop", "generation": 1},
             "spec": {"calls": 10000},
             "status": {"observedGeneration": 1, "period": "2026-11", "startedAt": "2026-11-01T00:00:00Z", "resetsAt": "2026-12-01T00:00:00Z", "limit": 10000, "used": 8412, "remaining": 1588, "coveredMocks": 6,
               "mocks": [{"name": "petstore", "calls": 5204}, {"name": "payments", "calls": 2961}, {"name": "orders", "calls": 247}],
               "history": [{"period": "2026-10", "used": 9120, "limit": 10000}, {"period": "2026-09", "used": 10000, "limit": 10000}, {"period": "2026-08", "used": 6240, "limit": 10000}, {"period": "2026-07", "used": 3105, "limit": 5000}]}}
            """);
        return cluster;
    }

    private const string Issues = """
        [{"severity": "Warning", "path": "item[2].response[0].originalRequest.url", "reason": "UrlUnreadable", "message": "The URL has no path that can be compared; save the example again."},
         {"severity": "Warning", "path": "item[4].item[0].response[1].body", "reason": "BodyUnreadable", "message": "The body is neither text nor base64; it is left out."}]
        """;

    private static JsonObject Petstore()
    {
        var item = new JsonArray();
        foreach (var (name, method, path, status, body) in (ReadOnlySpan<(string, string, string, int, string)>)
                 [
                     ("Available pets", "GET", "pets?status=available", 200, "[{\"id\": 1, \"name\": \"Rex\"}]"),
                     ("Any pet", "GET", "pets/:id", 200, "{\"id\": 42, \"name\": \"Rex\"}"),
                     ("Create pet", "POST", "pets", 201, "{\"id\": 43}"),
                     ("Delete pet", "DELETE", "pets/:id", 204, ""),
                 ])
        {
            var request = new JsonObject { ["method"] = method, ["url"] = "{{baseUrl}}/" + path, ["header"] = new JsonArray() };
            item.Add((JsonNode)new JsonObject
            {
                ["name"] = name,
                ["request"] = request.DeepClone(),
                ["response"] = new JsonArray(new JsonObject { ["name"] = name, ["originalRequest"] = request, ["code"] = status, ["header"] = new JsonArray(new JsonObject { ["key"] = "Content-Type", ["value"] = "application/json" }), ["body"] = body }),
            });
        }

        var document = new JsonObject { ["info"] = new JsonObject { ["name"] = "Petstore", ["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" }, ["item"] = item };
        return new JsonObject
        {
            ["apiVersion"] = "mockoperator.dev/v1alpha1",
            ["kind"] = "Collection",
            ["metadata"] = new JsonObject { ["name"] = "petstore", ["namespace"] = Namespace, ["generation"] = 1, ["annotations"] = new JsonObject { ["mockoperator.dev/display-name"] = "Petstore API" } },
            ["spec"] = new JsonObject { ["postman"] = document, ["versions"] = new JsonArray(new JsonObject { ["tag"] = "v1", ["postman"] = document.DeepClone() }) },
            ["status"] = JsonNode.Parse("""
                {"observedGeneration": 1, "exampleCount": 4, "conditions": [{"type": "Ready", "status": "True", "reason": "Understood", "message": "Everything was understood.", "lastTransitionTime": "2026-11-20T08:00:00Z"}],
                 "versions": [{"tag": "CURRENT", "exampleCount": 4}, {"tag": "v1", "exampleCount": 4}]}
                """),
        };
    }
}
