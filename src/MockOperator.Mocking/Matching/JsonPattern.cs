using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A JSON document in which a string may hold wildcards: <c>"{{name}}"</c> takes any value, <c>"Bearer {{token}}"</c> any string of that form. A closed
/// hierarchy: one record per kind of value.
/// </summary>
internal abstract record JsonPattern
{
    /// <summary>Names that wildcards capture under, in document order.</summary>
    internal virtual ImmutableArray<string> Captures => [];

    /// <summary>Whether any part is a wildcard.</summary>
    internal virtual bool HasWildcards => false;

    /// <summary>Reads a document. A token outside a string, <c>{"id": {{id}}}</c>, is read as if it were quoted.</summary>
    /// <returns>False when it is no JSON even so.</returns>
    internal static bool TryRead(string text, bool wildcards, [NotNullWhen(true)] out JsonPattern? pattern) =>
        TryParse(text, wildcards, out pattern) || (wildcards && text.Contains("{{", StringComparison.Ordinal) && TryParse(QuoteTokens(text), wildcards, out pattern));

    /// <summary>Whether a value fits.</summary>
    /// <param name="value">Value of the request.</param>
    /// <param name="subset">Whether objects may have more members, and arrays more elements between those named.</param>
    /// <param name="captures">Takes what wildcards stand for; null when nobody asks.</param>
    internal abstract bool Fits(JsonElement value, bool subset, List<Field>? captures);

    private static bool TryParse(string text, bool wildcards, [NotNullWhen(true)] out JsonPattern? pattern)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text);
            pattern = Read(document.RootElement, wildcards);
            return true;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string that is no text, a lone surrogate for instance.
            pattern = null;
            return false;
        }
    }

    private static JsonPattern Read(JsonElement element, bool wildcards) => element.ValueKind switch
    {
        JsonValueKind.Object => new Members([.. element.EnumerateObject().Select(member => (member.Name, Read(member.Value, wildcards)))]),
        JsonValueKind.Array => new Elements([.. element.EnumerateArray().Select(item => Read(item, wildcards))]),
        JsonValueKind.String when wildcards && TextPattern.TryRead(element.GetString()!, out TextPattern? text) => new Wildcard(text),
        JsonValueKind.String => new Literal(JsonValueKind.String, element.GetString()!, 0),
        JsonValueKind.Number => new Literal(JsonValueKind.Number, "", JsonNumber.Hash(JsonMarshal.GetRawUtf8Value(element))),
        _ => new Literal(element.ValueKind, "", 0),
    };

    private static string QuoteTokens(string text)
    {
        var result = new StringBuilder(text.Length + 16);
        bool inString = false;
        for (int index = 0; index < text.Length; index++)
        {
            char current = text[index];
            int close = !inString && text.AsSpan(index).StartsWith("{{", StringComparison.Ordinal) ? text.IndexOf("}}", index, StringComparison.Ordinal) : -1;
            if (close > 0 && Token.TryRead(text[index..(close + 2)], out _))
            {
                result.Append('"').Append(text, index, close + 2 - index).Append('"');
                index = close + 1;
                continue;
            }

            result.Append(current);
            if (inString && current == '\\' && index + 1 < text.Length)
            {
                result.Append(text[++index]);
            }
            else if (current == '"')
            {
                inString = !inString;
            }
        }

        return result.ToString();
    }

    private sealed record Wildcard(TextPattern Text) : JsonPattern
    {
        internal override bool HasWildcards => true;

        internal override ImmutableArray<string> Captures => Text.Captures;

        internal override bool Fits(JsonElement value, bool subset, List<Field>? captures) => value.ValueKind == JsonValueKind.String
            ? Text.Fits(value.GetString()!, captures)
            : Text.IsWhole && Text.Fits(value.GetRawText(), captures);
    }

    private sealed record Literal(JsonValueKind Kind, string Text, ulong Number) : JsonPattern
    {
        internal override bool Fits(JsonElement value, bool subset, List<Field>? captures) => value.ValueKind == Kind && Kind switch
        {
            JsonValueKind.String => value.ValueEquals(Text),
            JsonValueKind.Number => JsonNumber.Hash(JsonMarshal.GetRawUtf8Value(value)) == Number,
            _ => true,
        };
    }

    private sealed record Members(ImmutableArray<(string Name, JsonPattern Value)> Values) : JsonPattern
    {
        internal override bool HasWildcards { get; } = Values.Any(static member => member.Value.HasWildcards);

        internal override ImmutableArray<string> Captures => [.. Values.SelectMany(static member => member.Value.Captures)];

        internal override bool Fits(JsonElement value, bool subset, List<Field>? captures)
        {
            if (value.ValueKind != JsonValueKind.Object || (subset ? value.GetPropertyCount() < Values.Length : value.GetPropertyCount() != Values.Length))
            {
                return false;
            }

            foreach ((string name, JsonPattern pattern) in Values)
            {
                if (!value.TryGetProperty(name, out JsonElement member) || !pattern.Fits(member, subset, captures))
                {
                    return false;
                }
            }

            return true;
        }
    }

    private sealed record Elements(ImmutableArray<JsonPattern> Values) : JsonPattern
    {
        internal override bool HasWildcards { get; } = Values.Any(static value => value.HasWildcards);

        internal override ImmutableArray<string> Captures => [.. Values.SelectMany(static value => value.Captures)];

        internal override bool Fits(JsonElement value, bool subset, List<Field>? captures)
        {
            if (value.ValueKind != JsonValueKind.Array || (!subset && value.GetArrayLength() != Values.Length))
            {
                return false;
            }

            int next = 0;
            foreach (JsonElement item in value.EnumerateArray())
            {
                if (next == Values.Length)
                {
                    break;
                }

                int before = captures?.Count ?? 0;
                if (Values[next].Fits(item, subset, captures))
                {
                    next++;
                }
                else if (!subset)
                {
                    return false;
                }
                else
                {
                    captures?.RemoveRange(before, captures.Count - before);
                }
            }

            return next == Values.Length;
        }
    }
}
