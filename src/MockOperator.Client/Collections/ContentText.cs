using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Content as text of which each example is a piece of lines, for a diff.</summary>
internal static class ContentText
{
    /// <summary>Examples.</summary>
    public static string Of(IReadOnlyList<ExampleSpec> examples) =>
        Encoding.UTF8.GetString(PostmanForm.Write(json => JsonSerializer.Serialize(json, examples, ResourceJson.Default.IReadOnlyListExampleSpec)).Span);

    /// <summary>A document that is a field.</summary>
    public static string Of(JsonElement document) => Encoding.UTF8.GetString(PostmanForm.Of(document).Span);

    /// <summary>A document as bytes: as it is, when it has lines.</summary>
    public static string Of(ReadOnlyMemory<byte> document)
    {
        if (document.Span.Contains((byte)'\n'))
            return Encoding.UTF8.GetString(document.Span);
        using var parsed = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = PostmanForm.Indented.MaxDepth });
        return Of(parsed.RootElement);
    }
}
