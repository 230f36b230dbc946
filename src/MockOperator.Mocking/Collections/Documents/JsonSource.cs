using System.Text.Json;

namespace MockOperator.Mocking.Collections.Documents;

/// <summary>
/// A JSON document that was checked from end to end once and is then walked in place: no tree is built, and a text is decoded only when it is wanted.
/// That keeps a 25 MB collection within a small multiple of its own size.
/// </summary>
internal sealed class JsonSource
{
    private readonly LargeValueIndex large;

    private JsonSource(ReadOnlyMemory<byte> json, LargeValueIndex large)
    {
        Json = json;
        this.large = large;
    }

    /// <summary>The document, without a byte order mark.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>Checks a document.</summary>
    /// <param name="document">The bytes as they came; a UTF-8 byte order mark is allowed.</param>
    /// <param name="limits">Bounds on size and depth.</param>
    /// <param name="problem">Why there is no result.</param>
    /// <returns>The document, or null when it cannot be read.</returns>
    public static JsonSource? Open(ReadOnlyMemory<byte> document, LoadLimits limits, out DocumentProblem? problem)
    {
        problem = DocumentEncoding.Check(ref document, limits);
        if (problem is not null)
        {
            return null;
        }

        var index = new LargeValueIndex();
        var reader = new Utf8JsonReader(document.Span, new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
                if (reader.CurrentDepth >= limits.JsonDepth)
                {
                    problem = DocumentProblem.TooDeep(limits.JsonDepth);
                    return null;
                }

                index.Note(ref reader);
            }
        }
        catch (JsonException exception)
        {
            problem = DocumentProblem.NotJson(exception);
            return null;
        }

        return new JsonSource(document, index);
    }

    /// <summary>The outermost value.</summary>
    /// <param name="path">The place that it is known by; the document itself unless it is embedded in another.</param>
    public DocumentNode Root(DocumentPath? path = null)
    {
        int start = JsonScan.SkipWhiteSpace(Json.Span, 0);
        return new DocumentNode(this, start, EndOfValue(start), path ?? DocumentPath.Root);
    }

    /// <summary>The position after the value that starts at <paramref name="position"/>.</summary>
    public int EndOfValue(int position) => large.EndOfValue(Json.Span, position);
}
