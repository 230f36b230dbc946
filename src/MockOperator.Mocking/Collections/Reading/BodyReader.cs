using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads the <c>body</c> of a request in v2.1 and v2.0, in each of its modes.</summary>
internal static class BodyReader
{
    /// <summary>Reads a body; what is not understood is reported and never equal to another body.</summary>
    public static ExampleBody Read(DocumentNode body, ReadingContext context)
    {
        switch (body.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return ExampleBody.None;
            case JsonValueKind.String:
                return Raw(context.Text(body));
            case JsonValueKind.Object:
                return body["disabled"].Kind == JsonValueKind.True ? ExampleBody.None : ReadMode(body, context);
            default:
                context.WrongType(body, "a body as an object");
                return ExampleBody.None;
        }
    }

    /// <summary>A raw body; the empty text is no body.</summary>
    public static ExampleBody Raw(string? text) => string.IsNullOrEmpty(text) ? ExampleBody.None : new ExampleBody.Raw(text);

    /// <summary>A GraphQL body: <c>{query, variables, operationName}</c>, or the document alone as text.</summary>
    public static ExampleBody GraphQL(DocumentNode graph, ReadingContext context)
    {
        switch (graph.Kind)
        {
            case JsonValueKind.Undefined or JsonValueKind.Null:
                return ExampleBody.None;
            case JsonValueKind.String:
                return new ExampleBody.GraphQL(context.Text(graph)!, null, null);
            case JsonValueKind.Object:
                return new ExampleBody.GraphQL(
                    context.Text(graph["query"]) ?? "",
                    NullIfEmpty(context.TextOrJson(graph["variables"])),
                    NullIfEmpty(context.Text(graph["operationName"])));
            default:
                context.WrongType(graph, "a GraphQL body with query and variables");
                return ExampleBody.None;
        }
    }

    private static ExampleBody ReadMode(DocumentNode body, ReadingContext context)
    {
        DocumentNode mode = body["mode"];
        switch (context.Text(mode))
        {
            // A body without a mode is an empty one, or was written by hand with nothing but its text.
            case null or "" or "raw":
                return Raw(context.TextOrJson(body["raw"]));
            case "urlencoded":
                return FormReader.Read(body["urlencoded"], multipart: false, context);
            case "formdata":
                return FormReader.Read(body["formdata"], multipart: true, context);
            case "graphql":
                return GraphQL(body["graphql"], context);
            case "file":
                return new ExampleBody.File();
            case string unknown:
                context.Issues.Warn(
                    mode.Path,
                    LoadIssueReason.UnknownBodyMode,
                    $"\"{IssueLog.Quote(unknown)}\" is no mode of a body, so this body is equal to none. Use raw, urlencoded, formdata, file or graphql.");
                return new ExampleBody.File();
        }
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
