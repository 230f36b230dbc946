using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Client.Connections;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Serving;
using MockOperator.Testing;

namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>The API over HTTP, in front of a cluster in memory. Every answer is held against the description that is served.</summary>
public sealed class PlayedApi : IAsyncDisposable
{
    private readonly ClusterGate _gate;
    private readonly WebApplication _server;

    private PlayedApi(PlayedCluster cluster, ClusterGate gate, WebApplication server, FakeTimeProvider clock, HttpClient client)
    {
        Cluster = cluster;
        _gate = gate;
        _server = server;
        Clock = clock;
        Client = client;
    }

    public PlayedCluster Cluster { get; }

    /// <summary>The clock of limits.</summary>
    public FakeTimeProvider Clock { get; }

    public HttpClient Client { get; }

    public string Address => Client.BaseAddress!.AbsoluteUri.TrimEnd('/');

    public static async Task<PlayedApi> StartAsync()
    {
        var cluster = await PlayedCluster.StartAsync();
        var gate = new ClusterGate(cluster.Configuration(), "postman-api");
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddRoutingCore();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        server.MapPostmanApi(PostmanCallers.Bearers(gate), clock);
        await server.StartAsync();
        return new PlayedApi(cluster, gate, server, clock, new HttpClient { BaseAddress = new Uri(server.Urls.First()), Timeout = TimeSpan.FromSeconds(60) });
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        using var now = new CancellationTokenSource(TimeSpan.Zero);
        await _server.StopAsync(now.Token);
        await _server.DisposeAsync();
        await Cluster.DisposeAsync();
        _gate.Dispose();
    }

    /// <summary>Sends a request, and holds its answer against the description.</summary>
    public async Task<ApiAnswer> SendAsync(string method, string path, string? body = null, string? key = PlayedCluster.AdminToken, string contentType = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (key is not null)
            request.Headers.TryAddWithoutValidation("x-api-key", key);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        using var response = await Client.SendAsync(request, TestContext.Current.CancellationToken);
        return await ReadAsync(method, path, response);
    }

    /// <summary>Reads an answer, and holds it against the description.</summary>
    public static async Task<ApiAnswer> ReadAsync(string method, string path, HttpResponseMessage response)
    {
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var json = JsonNode.Parse(text) ?? throw new InvalidOperationException("The answer is null.");
        var answer = new ApiAnswer(response.StatusCode, response.Content.Headers.ContentType?.ToString(), response.Headers.ToDictionary(header => header.Key, header => string.Join(',', header.Value)), json);
        ApiDescription.Check(method, path.Split('?')[0], answer);
        return answer;
    }

    public Task<ApiAnswer> GetAsync(string path, string? key = PlayedCluster.AdminToken) => SendAsync("GET", path, null, key);

    /// <summary>Stores a Collection as its YAML would be.</summary>
    public void PutCollection(string name, string? displayName = null, string ns = "demo") => Cluster.Objects.Put("collections", new JsonObject
    {
        ["apiVersion"] = "mockoperator.dev/v1alpha1",
        ["kind"] = "Collection",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns, ["annotations"] = displayName is null ? null : new JsonObject { ["mockoperator.dev/display-name"] = displayName } },
        ["spec"] = new JsonObject
        {
            ["postman"] = JsonNode.Parse(Samples.Collection(displayName ?? name)),
        },
    });

    /// <summary>Stores a MockServer of a Collection.</summary>
    public JsonObject PutMock(string name, string spec = """{"collectionRef":{"name":"pets"}}""", string ns = "demo", string? status = null) => Cluster.Objects.Put("mockservers", new JsonObject
    {
        ["apiVersion"] = "mockoperator.dev/v1alpha1",
        ["kind"] = "MockServer",
        ["metadata"] = new JsonObject { ["name"] = name, ["namespace"] = ns },
        ["spec"] = JsonNode.Parse(spec),
        ["status"] = status is null ? null : JsonNode.Parse(status),
    });
}
