using System.Text.Json;
using System.Text.Unicode;

namespace MockOperator.Client.Collections;

/// <summary>Tells which documents an API server keeps as a field without changing what they say.</summary>
/// <remarks>
/// It reads JSON into maps, 64-bit integers and doubles and writes that again: members of one name become one, a number of more digits another, half a surrogate pair a question mark, and what is
/// nested too deep is refused. Only white space and the order of members may go.
/// </remarks>
internal static class InlineDocument
{
    // Spec and object are around it, and readers of this API stop at 128.
    private const int Deepest = 100;

    /// <summary>The document as a value of a field; null when it does not survive there, or is too large.</summary>
    public static JsonElement? Of(ReadOnlyMemory<byte> document, int largest)
    {
        if (document.Span.StartsWith("\uFEFF"u8))
            document = document[3..];
        if (document.Length > largest || !Utf8.IsValid(document.Span))
            return null;
        try
        {
            using var parsed = JsonDocument.Parse(document, new JsonDocumentOptions { MaxDepth = Deepest, AllowDuplicateProperties = false });
            return parsed.RootElement.ValueKind == JsonValueKind.Object && Survives(parsed.RootElement) ? parsed.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static bool Survives(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().All(static member => SurvivesText(member) && Survives(member.Value)),
        JsonValueKind.Array => value.EnumerateArray().All(Survives),
        JsonValueKind.String => IsText(value.GetString),
        JsonValueKind.Number => value.TryGetInt64(out _) || (value.TryGetDecimal(out var exact) && value.TryGetDouble(out var number) && Math.Abs(number) < 1e15 && (decimal)number == exact),
        _ => true,
    };

    private static bool SurvivesText(JsonProperty member) => IsText(() => member.Name);

    private static bool IsText(Func<string?> decode)
    {
        try
        {
            decode();
            return true;
        }
        catch (InvalidOperationException)
        {
            // Half a surrogate pair, written as an escape.
            return false;
        }
    }
}
