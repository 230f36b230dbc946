using System.Text.Json;
using MockOperator.Client.Documents;

namespace MockOperator.Client.Collections;

/// <summary>Where in a Postman document something can be added: found by walking over the bytes once, without a tree, so that 25 MB cost no more than themselves.</summary>
internal sealed class DocumentOutline
{
    // As deep as folders are ever read.
    private const int DeepestFolder = 500;

    private DocumentOutline(JsonList items) => Items = items;

    /// <summary>The list of items of the collection itself.</summary>
    public JsonList Items { get; }

    /// <summary>All saved requests, in order.</summary>
    public List<SavedRequest> Requests { get; } = [];

    /// <summary>The names of all saved responses.</summary>
    public HashSet<string> ResponseNames { get; } = new(StringComparer.Ordinal);

    /// <summary>Walks over a document.</summary>
    /// <exception cref="DocumentException">It is no collection of v2.</exception>
    public static DocumentOutline Of(ReadOnlySpan<byte> json)
    {
        // The reader counts from where it starts, and a mark is not part of the JSON.
        var start = json.StartsWith("\uFEFF"u8) ? 3 : 0;
        try
        {
            var reader = new Utf8JsonReader(json[start..], new JsonReaderOptions { MaxDepth = int.MaxValue });
            var walk = new DocumentWalk(start, DeepestFolder);
            return walk.Root(ref reader) is { } items
                ? new DocumentOutline(items).With(walk)
                : throw new DocumentException(walk.IsFlat
                    ? "The collection is in Postman's old format v1. Export it from Postman as Collection v2.1, and replace its content by that."
                    : "The content is no collection of Postman's format v2.");
        }
        catch (JsonException broken)
        {
            throw new DocumentException($"The content is no JSON: line {broken.LineNumber + 1}, byte {broken.BytePositionInLine}.");
        }
    }

    private DocumentOutline With(DocumentWalk walk)
    {
        Requests.AddRange(walk.Requests);
        ResponseNames.UnionWith(walk.ResponseNames);
        return this;
    }
}
