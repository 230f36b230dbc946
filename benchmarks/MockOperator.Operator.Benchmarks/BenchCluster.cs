using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using k8s;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Benchmarks;

/// <summary>The API server as plain JSON, and the namespaces that this run makes.</summary>
internal sealed class BenchCluster(KubernetesClientConfiguration configuration) : IDisposable
{
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const int Creators = 16;
    private readonly ApiTransport _transport = ApiTransport.Connect(configuration);
    private readonly string _run = "mock-bench-" + TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
    private readonly List<string> _namespaces = [];

    /// <summary>How the cluster is reached.</summary>
    public KubernetesClientConfiguration Configuration => configuration;

    /// <summary>Makes a namespace.</summary>
    public async Task<string> CreateNamespaceAsync(string purpose)
    {
        string name = $"{_run}-{purpose}";
        _namespaces.Add(name);
        await SendAsync(HttpMethod.Post, "api/v1/namespaces", new JsonObject { ["metadata"] = new JsonObject { ["name"] = name } }.ToJsonString(), "application/json");
        return name;
    }

    /// <summary>Removes what this run made, without waiting for its end.</summary>
    public async Task RemoveNamespacesAsync()
    {
        foreach (string name in _namespaces)
        {
            await SendAsync(HttpMethod.Delete, "api/v1/namespaces/" + name);
        }
    }

    /// <summary>Creates mocks without pods, each with one embedded example.</summary>
    /// <returns>Their UIDs, by name.</returns>
    public async Task<IReadOnlyDictionary<string, string>> CreateMocksAsync(string space, IEnumerable<string> names)
    {
        var uids = new System.Collections.Concurrent.ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = Creators }, async (name, cancellation) =>
        {
            JsonNode made = JsonNode.Parse(await SendAsync(HttpMethod.Post, Mocks(space), Mock(name).ToJsonString(), "application/json", cancellation))!;
            uids[name] = (string)made["metadata"]!["uid"]!;
        });
        return uids;
    }

    /// <summary>Sends a server-side apply as it was recorded.</summary>
    public Task ApplyAsync(string pathAndQuery, string body, CancellationToken cancellation) => SendAsync(HttpMethod.Patch, pathAndQuery, body, ApplyPatch, cancellation);

    /// <summary>Number of mocks whose status says the last that there is to say of a mock without pods. Being on the way does not count.</summary>
    public async Task<int> CountConvergedAsync(string space)
    {
        JsonNode list = JsonNode.Parse(await SendAsync(HttpMethod.Get, Mocks(space)))!;
        return list["items"]!.AsArray().Count(static mock => mock!["status"]?["conditions"] is JsonArray conditions
            && conditions.Any(static condition => (string?)condition!["type"] == "Ready" && (string?)condition["reason"] == "Paused"));
    }

    public void Dispose() => _transport.Dispose();

    private static string Mocks(string space) => $"apis/mockoperator.dev/v1alpha1/namespaces/{space}/mockservers";

    private static JsonObject Mock(string name) => new()
    {
        ["apiVersion"] = "mockoperator.dev/v1alpha1",
        ["kind"] = "MockServer",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["spec"] = new JsonObject
        {
            ["replicas"] = 0,
            ["collection"] = new JsonObject
            {
                ["examples"] = new JsonArray(new JsonObject
                {
                    ["name"] = "text",
                    ["request"] = new JsonObject { ["path"] = "/text" },
                    ["response"] = new JsonObject { ["body"] = "hello" },
                }),
            },
        },
    };

    private async Task<string> SendAsync(HttpMethod method, string path, string? body = null, string? type = null, CancellationToken cancellation = default)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, MediaTypeHeaderValue.Parse(type!));
        }

        using HttpResponseMessage response = await _transport.SendAsync(TransportLane.Unary, request, cancellation);
        string text = await response.Content.ReadAsStringAsync(cancellation);
        return response.IsSuccessStatusCode || (method == HttpMethod.Delete && response.StatusCode == HttpStatusCode.NotFound)
            ? text
            : throw new HttpRequestException($"{method} {path}: {(int)response.StatusCode} {text}");
    }
}
