using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A saved body that is compared part by part: because it has wildcards, or because requests may say more than it does. One record per way of
/// comparison.
/// </summary>
internal abstract record BodyPattern
{
    /// <summary>Names that wildcards capture under.</summary>
    internal virtual ImmutableArray<string> Captures => [];

    /// <summary>Whether any part is a wildcard.</summary>
    internal virtual bool HasWildcards => false;

    /// <summary>Whether a request body fits.</summary>
    internal abstract bool Fits(RequestContent content, bool subset, List<Field>? captures);

    /// <summary>Reads a body whose variables are filled in; null when it is empty or equals nothing.</summary>
    internal static BodyPattern? Read(ExampleBody body, bool wildcards) => body switch
    {
        ExampleBody.Raw raw when !string.IsNullOrWhiteSpace(raw.Text) => ReadRaw(raw.Text, wildcards),
        ExampleBody.Form { Fields.IsEmpty: false } form => new Form(form),
        ExampleBody.GraphQL call => ReadGraphQL(call, wildcards),
        _ => null,
    };

    private static BodyPattern ReadRaw(string text, bool wildcards) =>
        JsonPattern.TryRead(text, wildcards, out JsonPattern? json) ? new Json(json) : new Text(RequestContent.Normalize(text));

    private static GraphQL? ReadGraphQL(ExampleBody.GraphQL call, bool wildcards)
    {
        string variables = string.IsNullOrWhiteSpace(call.Variables) || call.Variables.Trim() == "null" ? "{}" : call.Variables;
        return JsonPattern.TryRead(variables, wildcards, out JsonPattern? pattern) ? new GraphQL(Collapse(call.Query), pattern, call.OperationName) : null;
    }

    private static string Collapse(string text) => string.Join(' ', text.Split([' ', '\t', '\r', '\n', '\f', '\v'], StringSplitOptions.RemoveEmptyEntries));

    private sealed record Json(JsonPattern Pattern) : BodyPattern
    {
        internal override bool HasWildcards => Pattern.HasWildcards;

        internal override ImmutableArray<string> Captures => Pattern.Captures;

        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures) =>
            content.Json is { } json && Pattern.Fits(json, subset, captures);
    }

    private sealed record Text(string Normalized) : BodyPattern
    {
        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures) => content.Text == Normalized;
    }

    private sealed record Form(ExampleBody.Form Body) : BodyPattern
    {
        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures)
        {
            if (content.IsMultipart != Body.Multipart)
            {
                return false;
            }

            Dictionary<Field, int> sent = content.Fields.CountBy(static field => field).ToDictionary();
            Dictionary<Field, int> saved = Body.Fields.CountBy(static field => field).ToDictionary();
            return (subset || content.Fields.Count == Body.Fields.Length) && saved.All(field => sent.GetValueOrDefault(field.Key) >= field.Value);
        }
    }

    private sealed record GraphQL(string Query, JsonPattern Variables, string? OperationName) : BodyPattern
    {
        private static readonly JsonElement s_none = JsonDocument.Parse("{}"u8.ToArray()).RootElement;

        internal override bool HasWildcards => Variables.HasWildcards;

        internal override ImmutableArray<string> Captures => Variables.Captures;

        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures)
        {
            if (content.Json is not { ValueKind: JsonValueKind.Object } call
                || !call.TryGetProperty("query", out JsonElement query)
                || query.ValueKind != JsonValueKind.String
                || Collapse(query.GetString()!) != Query)
            {
                return false;
            }

            if (OperationName is not null
                && !(call.TryGetProperty("operationName", out JsonElement name) && name.ValueKind == JsonValueKind.String && name.GetString() == OperationName))
            {
                return false;
            }

            bool given = call.TryGetProperty("variables", out JsonElement variables) && variables.ValueKind != JsonValueKind.Null;
            return Variables.Fits(given ? variables : s_none, subset, captures);
        }
    }
}
