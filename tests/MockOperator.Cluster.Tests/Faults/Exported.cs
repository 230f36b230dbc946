using System.Text.Json.Nodes;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>Collections as Postman exports them.</summary>
internal static class Exported
{
    /// <summary>One request with one example: GET <c>/text</c> answers with this text.</summary>
    public static string Answering(string text) => Collection([Item("text", "/text", text)]);

    public static string Collection(IEnumerable<JsonObject> items) => new JsonObject
    {
        ["info"] = new JsonObject { ["name"] = "exported", ["schema"] = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        ["item"] = new JsonArray([.. items]),
    }.ToJsonString();

    public static JsonObject Item(string name, string path, string body) => new()
    {
        ["name"] = name,
        ["request"] = Request(path),
        ["response"] = new JsonArray(new JsonObject
        {
            ["name"] = name,
            ["originalRequest"] = Request(path),
            ["code"] = 200,
            ["status"] = "OK",
            ["header"] = new JsonArray(new JsonObject { ["key"] = "Content-Type", ["value"] = "text/plain" }),
            ["body"] = body,
        }),
    };

    private static JsonObject Request(string path) => new()
    {
        ["method"] = "GET",
        ["url"] = new JsonObject { ["raw"] = "{{baseUrl}}" + path, ["host"] = new JsonArray("{{baseUrl}}"), ["path"] = new JsonArray([.. path.Trim('/').Split('/').Select(segment => (JsonNode)segment)]) },
    };
}
