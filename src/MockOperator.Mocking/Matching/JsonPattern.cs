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

    /// <summary>Members that a document must have in order to fit, each as <see cref="RequestJson.MemberKey(ulong, ulong)"/> or, when its value is left open, <see cref="RequestJson.MemberKey(ulong)"/>.</summary>
    internal virtual ImmutableArray<ulong> Required => [];

    /// <summary>Reads a document. A token outside a string, <c>{"id": {{id}}}</c>, is read as if it were quoted.</summary>
    /// <returns>False when it is no JSON even so.</returns>
    internal static bool TryRead(string text, bool wildcards, [NotNullWhen(true)] out JsonPattern? pattern) =>
        TryParse(text, wildcards, out pattern) || (wildcards && text.Contains("{{", StringComparison.Ordinal) && TryParse(QuoteTokens(text), wildcards, out pattern));

    /// <summary>Whether a value fits.</summary>
    /// <param name="json">Body of the request.</param>
    /// <param name="value">A value of it.</param>
    /// <param name="subset">Whether objects may have more members, and arrays more elements between those named.</param>
    /// <param name="captures">Takes what wildcards stand for; null when nobody asks. What does not fit may leave some behind.</param>
    /// <param name="budget">What comparing takes is taken from it; nothing fits once it is spent.</param>
    internal abstract bool Fits(RequestJson json, int value, bool subset, List<Field>? captures, ref WorkBudget budget);

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
        JsonValueKind.Object => new Members([.. element.EnumerateObject().Select(member => (ContentHash.Of(Encoding.UTF8.GetBytes(member.Name)), Read(member.Value, wildcards)))]),
        JsonValueKind.Array => new Elements([.. element.EnumerateArray().Select(item => Read(item, wildcards))]),
        JsonValueKind.String when wildcards && TextPattern.TryRead(element.GetString()!, out TextPattern? text) => new Wildcard(text),
        _ => new Literal(JsonFingerprint.OfScalar(JsonMarshal.GetRawUtf8Value(element))),
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

        internal override bool Fits(RequestJson json, int value, bool subset, List<Field>? captures, ref WorkBudget budget)
        {
            const int PerByte = 3;
            if (Text.IsWhole && captures is null)
            {
                return true;
            }

            return (Text.IsWhole || json.IsString(value))
                && budget.TrySpend(PerByte * (long)json.LengthOf(value), RequestExcess.Body)
                && Text.Fits(json.TextOf(value), captures);
        }
    }

    private sealed record Literal(ulong Hash) : JsonPattern
    {
        internal override bool Fits(RequestJson json, int value, bool subset, List<Field>? captures, ref WorkBudget budget) => json.ValueOf(value) == Hash;
    }

    private sealed record Members(ImmutableArray<(ulong Name, JsonPattern Value)> Values) : JsonPattern
    {
        internal override bool HasWildcards { get; } = Values.Any(static member => member.Value.HasWildcards);

        internal override ImmutableArray<string> Captures => [.. Values.SelectMany(static member => member.Value.Captures)];

        internal override ImmutableArray<ulong> Required =>
            [.. Values.Select(static member => member.Value is Literal literal ? RequestJson.MemberKey(member.Name, literal.Hash) : RequestJson.MemberKey(member.Name))];

        internal override bool Fits(RequestJson json, int value, bool subset, List<Field>? captures, ref WorkBudget budget)
        {
            if (!json.IsObject(value) || (subset ? json.CountOf(value) < Values.Length : json.CountOf(value) != Values.Length))
            {
                return false;
            }

            foreach ((ulong name, JsonPattern pattern) in Values)
            {
                if (!json.TryFind(value, name, ref budget, out int member) || !pattern.Fits(json, member, subset, captures, ref budget))
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

        internal override bool Fits(RequestJson json, int value, bool subset, List<Field>? captures, ref WorkBudget budget)
        {
            const int PerElement = 10;
            if (!json.IsArray(value) || (subset ? json.CountOf(value) < Values.Length : json.CountOf(value) != Values.Length))
            {
                return false;
            }

            int next = 0;
            foreach (int item in json.ChildrenOf(value))
            {
                if (next == Values.Length || !budget.TrySpend(PerElement, RequestExcess.Body))
                {
                    break;
                }

                int before = captures?.Count ?? 0;
                if (Values[next].Fits(json, item, subset, captures, ref budget))
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
