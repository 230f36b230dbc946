using System.Net;
using System.Text.Json.Nodes;
using MockOperator.PostmanApi.Description;

namespace MockOperator.PostmanApi.Tests.Playing;

/// <summary>The description that is served, by which every answer of these tests is judged.</summary>
internal static class ApiDescription
{
    public static JsonNode Document { get; } = JsonNode.Parse(OpenApiDocument.Bytes.Span)!;

    /// <summary>Fails unless the description has the operation, its status with that content type, and a schema that the body fits.</summary>
    public static void Check(string method, string path, ApiAnswer answer)
    {
        if (Find(method, path) is not { } operation)
        {
            Assert.Equal(HttpStatusCode.NotFound, answer.Status);
            return;
        }

        var status = ((int)answer.Status).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var described = operation["responses"]![status] ?? throw new InvalidOperationException($"{method} {path} answers {status}, which is not described: {answer.Json.ToJsonString()}");
        if ((string?)described["$ref"] is { } reference)
            described = Schemas.Resolve(Document, reference);
        var type = (int)answer.Status < 300 ? answer.ContentType!.Split(';')[0] : answer.ContentType!;
        var content = described["content"]![type] ?? throw new InvalidOperationException($"{method} {path} answers {status} as {type}, which is not described.");
        Assert.Empty(Schemas.Problems(Document, content["schema"]!, answer.Json, "$"));
    }

    private static JsonNode? Find(string method, string path)
    {
        var asked = path.Trim('/').Split('/');
        foreach (var (template, operations) in Document["paths"]!.AsObject())
        {
            var parts = template.Trim('/').Split('/');
            if (parts.Length == asked.Length && parts.Zip(asked).All(pair => pair.First.StartsWith('{') || pair.First == pair.Second) && operations![method.ToLowerInvariant()] is { } operation)
                return operation;
        }

        return null;
    }
}
