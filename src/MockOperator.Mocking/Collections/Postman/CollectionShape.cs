using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections.Postman;

/// <summary>Tells which format a document is in, by what it holds rather than by what it says it is.</summary>
internal static class CollectionShape
{
    private static readonly string[] KnownSchemas = ["/v2.1.0/", "/v2.0.0/", "/v1.0.0/"];

    /// <summary>The collection inside the answer of the Postman API, <c>{"collection": {…}}</c>; the document itself when it is not wrapped.</summary>
    public static DocumentNode Unwrap(DocumentNode root)
    {
        DocumentNode wrapped = root["collection"];
        return wrapped.Kind == JsonValueKind.Object && root["item"].IsAbsent && root["requests"].IsAbsent ? wrapped : root;
    }

    /// <summary>Whether it is a v2 tree.</summary>
    public static bool IsTree(DocumentNode root) => root["item"].Kind == JsonValueKind.Array;

    /// <summary>Whether it is the flat form of v1.</summary>
    public static bool IsFlat(DocumentNode root) => root["requests"].Kind == JsonValueKind.Array;

    /// <summary>Warns of a schema that no reader was made for; its document is read by its shape.</summary>
    public static void CheckSchema(DocumentNode root, ReadingContext context)
    {
        DocumentNode schema = root["info"]["schema"];
        if (context.Text(schema) is { Length: > 0 } text && !KnownSchemas.Any(known => text.Contains(known, StringComparison.OrdinalIgnoreCase)))
        {
            context.Issues.Warn(
                schema.Path,
                LoadIssueReason.UnknownSchema,
                $"The schema \"{IssueLog.Quote(text)}\" is unknown; the collection is read as v2.1. Export it as Collection v2.1 if something is missing.");
        }
    }

    /// <summary>Says why a document is no collection, as closely as its content allows.</summary>
    public static void Explain(DocumentNode root, ReadingContext context)
    {
        DocumentNode item = root["item"];
        if (root.Kind != JsonValueKind.Object)
        {
            Fail(root.Path, "The document is JSON, but not an object.", context);
        }
        else if (!item.IsAbsent)
        {
            Fail(item.Path, "The collection's items are not an array.", context);
        }
        else if (root["values"].Kind == JsonValueKind.Array)
        {
            Fail(root.Path, "This is an environment, not a collection.", context);
        }
        else if (!root["openapi"].IsAbsent || !root["swagger"].IsAbsent)
        {
            Fail(root.Path, "This is an OpenAPI description; import it into Postman first.", context);
        }
        else
        {
            Fail(root.Path.Property("item"), "The document has no items.", context);
        }
    }

    private static void Fail(DocumentPath path, string message, ReadingContext context) =>
        context.Issues.Fail(path, LoadIssueReason.NotACollection, message + " Give a collection as Postman exports it (v2.1, v2.0 or v1).");
}
