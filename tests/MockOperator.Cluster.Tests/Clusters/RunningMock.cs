using System.Net;
using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>One MockServer in a namespace of the cluster, called from the test by a NodePort.</summary>
internal sealed class RunningMock : IAsyncDisposable
{
    private readonly TestCluster _cluster;
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromSeconds(1) });

    private RunningMock(TestCluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
    }

    public string Name { get; }

    /// <summary>Where the NodePort answers.</summary>
    public Uri Address { get; private set; } = null!;

    public string Path => $"apis/mockoperator.dev/v1alpha1/namespaces/default/mockservers/{Name}";

    /// <summary>Creates the mock. Its examples answer <c>/pets</c> with <c>[]</c>.</summary>
    public static async Task<RunningMock> StartAsync(TestCluster cluster, string name, string spec)
    {
        var mock = new RunningMock(cluster, name);
        await mock.ApplyAsync(spec);
        var service = await cluster.Api.ApplyAsync($"api/v1/namespaces/default/services/{name}-node", JsonNode.Parse($$$"""
            {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "{{{name}}}-node"},
             "spec": {"type": "NodePort", "selector": {"mockoperator.dev/mock-server": "{{{name}}}"},
                      "ports": [{"name": "http", "port": 80, "targetPort": "http", "protocol": "TCP"}]}}
            """)!.AsObject());
        mock.Address = new Uri($"http://{cluster.NodeAddress}:{service["spec"]!["ports"]![0]!["nodePort"]!.GetValue<int>()}/");
        return mock;
    }

    /// <summary>Replaces the spec, but for the examples, unless it has others.</summary>
    public Task ApplyAsync(string spec)
    {
        var wanted = JsonNode.Parse(spec)!.AsObject();
        wanted["collection"] ??= JsonNode.Parse("""{"examples": [{"name": "/pets", "request": {"path": "/pets"}, "response": {"json": []}}]}""");
        return _cluster.Api.ApplyAsync(Path, new JsonObject
        {
            ["apiVersion"] = "mockoperator.dev/v1alpha1",
            ["kind"] = "MockServer",
            ["metadata"] = new JsonObject { ["name"] = Name },
            ["spec"] = wanted,
        });
    }

    /// <summary>Waits until a condition of the current generation has a status.</summary>
    public async Task<JsonObject> ConditionAsync(string type, string status, string? reason = null)
        => await Eventually.GetAsync(
            $"{Name}: {type}={status} {reason}",
            async () =>
            {
                var mock = await _cluster.Api.GetAsync(Path);
                return mock["status"]?["conditions"]?.AsArray().Select(condition => condition!.AsObject()).FirstOrDefault(condition =>
                    (string?)condition["type"] == type && (string?)condition["status"] == status
                    && (reason is null || (string?)condition["reason"] == reason)
                    && (long)condition["observedGeneration"]! == (long)mock["metadata"]!["generation"]!);
            },
            async () => $"{await _cluster.Api.FindAsync(Path)}\n{await _cluster.StateAsync()}");

    public Task<HttpResponseMessage> SendAsync(string method, string path, params (string Name, string Value)[] headers) => SendAsync(Address, method, path, headers);

    /// <summary>Sends a request to another address, such as that of a proxy in front.</summary>
    public async Task<HttpResponseMessage> SendAsync(Uri address, string method, string path, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(new HttpMethod(method), new Uri(address, path));
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await _http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    /// <summary>Waits until a request gets a status.</summary>
    public Task AnswersAsync(HttpStatusCode status, params (string Name, string Value)[] headers)
        => Eventually.TrueAsync($"{Name} answers {status}", async () => (await SendAsync("GET", "/pets", headers)).StatusCode == status, _cluster.StateAsync);

    /// <summary>Names of the pods.</summary>
    public async Task<IReadOnlyList<string>> PodsAsync()
        => [.. (await _cluster.Api.ListAsync($"api/v1/namespaces/default/pods?labelSelector=mockoperator.dev/mock-server={Name}")).Select(pod => (string)pod["metadata"]!["name"]!).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _cluster.Api.DeleteAsync($"api/v1/namespaces/default/services/{Name}-node");
        await _cluster.Api.DeleteAsync(Path);
    }
}
