using System.Net;
using System.Text.Json.Nodes;

namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>An answer of the API.</summary>
public sealed record ApiAnswer(HttpStatusCode Status, string? ContentType, IReadOnlyDictionary<string, string> Headers, JsonNode Json)
{
    public JsonNode this[string member] => Json[member] ?? throw new InvalidOperationException($"There is no '{member}' in {Json.ToJsonString()}");

    /// <summary>Name of the error.</summary>
    public string? Error => (string?)Json["error"]?["name"];

    /// <summary>Its message.</summary>
    public string Message => (string?)Json["error"]?["message"] ?? "";

    public ApiAnswer Is(int status)
    {
        Assert.True((int)Status == status, $"expected {status}, got {(int)Status}: {Json.ToJsonString()}");
        return this;
    }

    public ApiAnswer Is(int status, string error)
    {
        Is(status);
        Assert.Equal(error, Error);
        return this;
    }
}
