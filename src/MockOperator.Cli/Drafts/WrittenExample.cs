using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Cli.Drafts;

/// <summary>Examples that somebody writes by hand: method, path, status, body, as a row of Postman's launch screen has them.</summary>
internal static class WrittenExample
{
    private const int DeepestBody = 64;

    /// <summary>An answer.</summary>
    /// <param name="status">The status.</param>
    /// <param name="headers">Headers.</param>
    /// <param name="body">The body; one that is JSON is served as such. Null for none.</param>
    public static ExampleResponseSpec Response(int status, IReadOnlyList<HeaderSpec> headers, string? body)
    {
        var response = new ExampleResponseSpec { Status = status, Headers = headers.Count == 0 ? null : headers };
        if (string.IsNullOrEmpty(body))
            return response;
        if (Json(body) is { } json)
            return response with { Json = json };

        // A template in a number's place is no JSON before it is filled in, and is JSON to its callers.
        var isTemplate = body.TrimStart() is ['{' or '[', ..] && body.Contains("{{", StringComparison.Ordinal) && !headers.Any(static header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase));
        return response with { Body = body, Headers = isTemplate ? [.. headers, new HeaderSpec { Name = "Content-Type", Value = "application/json" }] : response.Headers };
    }

    /// <summary>An example.</summary>
    public static ExampleSpec Of(string? name, string method, string path, ExampleResponseSpec response)
    {
        var verb = method.ToUpperInvariant();
        return new ExampleSpec { Name = string.IsNullOrEmpty(name) ? $"{verb} {path}" : name, Request = new ExampleRequestSpec { Method = verb, Path = path }, Response = response };
    }

    private static JsonElement? Json(string body)
    {
        try
        {
            using var parsed = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = DeepestBody, AllowDuplicateProperties = false });
            return parsed.RootElement.ValueKind is JsonValueKind.Object or JsonValueKind.Array ? parsed.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
