using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Controllers;

public sealed class CollectionControllerTests : IAsyncLifetime
{
    private readonly FakeCluster _cluster = new();
    private RunningOperator? _operator;

    public async ValueTask InitializeAsync() => _operator = await RunningOperator.StartAsync(_cluster, new FakeKubelet(_cluster));

    public async ValueTask DisposeAsync()
    {
        await _operator!.DisposeAsync();
        _cluster.Dispose();
    }

    [Fact]
    public async Task Each_version_tells_what_was_understood()
    {
        Put("weather", new JsonObject
        {
            ["examples"] = Examples("/a", "/b"),
            ["versions"] = new JsonArray(new JsonObject { ["tag"] = "v1", ["examples"] = Examples("/a") }),
        });

        await ReasonAsync("weather", "Loaded");

        JsonNode status = Status("weather")!;
        Assert.Equal(2, (int?)status["exampleCount"]);
        Assert.Equal(["CURRENT", "v1"], status["versions"]!.AsArray().Select(static version => (string)version!["tag"]!));
        Assert.Equal([2, 1], status["versions"]!.AsArray().Select(static version => (int)version!["exampleCount"]!));
    }

    [Fact]
    public async Task A_version_without_its_ConfigMap_is_named_and_heals()
    {
        Put("weather", new JsonObject
        {
            ["examples"] = Examples("/a"),
            ["versions"] = new JsonArray(new JsonObject { ["tag"] = "v1", ["configMapKeyRef"] = new JsonObject { ["name"] = "old", ["key"] = "c.json" } }),
        });
        await ReasonAsync("weather", "ConfigMapNotFound");
        Assert.StartsWith("v1: ", (string?)Ready("weather")!["message"], StringComparison.Ordinal);

        _cluster.Put("configmaps", "old", new JsonObject { ["data"] = new JsonObject { ["c.json"] = Postman(1).ToJsonString() } });

        await ReasonAsync("weather", "Loaded");
    }

    [Fact]
    public async Task CURRENT_cannot_be_a_tag()
    {
        Put("weather", new JsonObject
        {
            ["examples"] = Examples("/a"),
            ["versions"] = new JsonArray(new JsonObject { ["tag"] = "CURRENT", ["examples"] = Examples("/a") }),
        });

        await ReasonAsync("weather", "InvalidSpec");
    }

    [Fact]
    public async Task A_collection_too_large_for_the_store_is_read_when_it_is_needed()
    {
        Put("large", new JsonObject { ["postman"] = Postman(300) });

        await ReasonAsync("large", "Loaded");

        Assert.Equal(300, (int?)Status("large")!["exampleCount"]);
        Assert.Contains("collections/large", _cluster.Gets);
    }

    [Fact]
    public async Task Places_that_were_not_understood_are_listed_by_path()
    {
        JsonObject postman = Postman(1);
        postman["item"]!.AsArray().Add(new JsonObject
        {
            ["name"] = "broken",
            ["request"] = new JsonObject { ["method"] = "GET", ["url"] = "/a" },
            ["response"] = new JsonArray(JsonValue.Create("not an object")),
        });
        Put("weather", new JsonObject { ["postman"] = postman });

        await ReasonAsync("weather", "Loaded");

        JsonNode issue = Status("weather")!["versions"]![0]!["issues"]![0]!;
        Assert.StartsWith("item[1].response[0]", (string?)issue["path"], StringComparison.Ordinal);
    }

    private static JsonArray Examples(params string[] paths) =>
        [.. paths.Select(static path => new JsonObject { ["name"] = path, ["request"] = new JsonObject { ["path"] = path }, ["response"] = new JsonObject { ["body"] = "ok" } })];

    private static JsonObject Postman(int examples) => new()
    {
        ["info"] = new JsonObject { ["name"] = "Many", ["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        ["item"] = new JsonArray([.. Enumerable.Range(0, examples).Select(static number => new JsonObject
        {
            ["name"] = $"item {number}",
            ["request"] = new JsonObject { ["method"] = "GET", ["url"] = $"http://example.com/items/{number}" },
            ["response"] = new JsonArray(new JsonObject
            {
                ["name"] = "ok",
                ["originalRequest"] = new JsonObject { ["method"] = "GET", ["url"] = $"http://example.com/items/{number}" },
                ["code"] = 200,
                ["body"] = new string('x', 100),
            }),
        })]),
    };

    private void Put(string name, JsonObject spec) => _cluster.Put("collections", name, new JsonObject { ["spec"] = spec });

    private JsonNode? Status(string name) => _cluster.Find("collections", name)?["status"];

    private JsonNode? Ready(string name) => (Status(name)?["conditions"] as JsonArray)?.FirstOrDefault(static condition => (string?)condition!["type"] == "Ready");

    private Task ReasonAsync(string name, string reason) =>
        Eventually.TrueAsync(() => (string?)Ready(name)?["reason"] == reason, () => _cluster.Find("collections", name)?.ToJsonString() ?? "(none)");
}
