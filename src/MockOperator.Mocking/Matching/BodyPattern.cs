using System.Collections.Immutable;
using System.Text;
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

    /// <summary>Members that a JSON body must have in order to fit; none when it is not known.</summary>
    internal virtual ImmutableArray<ulong> Required => [];

    /// <summary>Whether a request body fits.</summary>
    internal abstract bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget);

    /// <summary>Reads a body whose variables are filled in; null when it is empty or equals nothing.</summary>
    internal static BodyPattern? Read(ExampleBody body, bool wildcards) => body switch
    {
        ExampleBody.Raw raw when !string.IsNullOrWhiteSpace(raw.Text) => ReadRaw(raw.Text, wildcards),
        ExampleBody.Form { Fields.IsEmpty: false } form => new Form(form.Multipart, RequestFields.Of(form.Fields)),
        ExampleBody.GraphQL call => ReadGraphQL(call, wildcards),
        _ => null,
    };

    private static BodyPattern ReadRaw(string text, bool wildcards) =>
        JsonPattern.TryRead(text, wildcards, out JsonPattern? json) ? new Json(json) : new Text(TextFingerprint.Compute(Encoding.UTF8.GetBytes(text)));

    private static GraphQL? ReadGraphQL(ExampleBody.GraphQL call, bool wildcards)
    {
        string variables = string.IsNullOrWhiteSpace(call.Variables) || call.Variables.Trim() == "null" ? "{}" : call.Variables;
        ulong query = TextFingerprint.ComputeCollapsed(Encoding.UTF8.GetBytes(call.Query));
        ulong? operation = call.OperationName is null ? null : JsonFingerprint.OfText(Encoding.UTF8.GetBytes(call.OperationName));
        return JsonPattern.TryRead(variables, wildcards, out JsonPattern? pattern) ? new GraphQL(query, pattern, operation) : null;
    }

    private sealed record Json(JsonPattern Pattern) : BodyPattern
    {
        internal override bool HasWildcards => Pattern.HasWildcards;

        internal override ImmutableArray<string> Captures => Pattern.Captures;

        internal override ImmutableArray<ulong> Required => Pattern.Required;

        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget) =>
            content.Json(ref budget) is { } json && Pattern.Fits(json, RequestJson.Root, subset, captures, ref budget);
    }

    private sealed record Text(ulong Hash) : BodyPattern
    {
        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget) => content.Text(ref budget) == Hash;
    }

    private sealed record Form(bool IsMultipart, RequestFields Saved) : BodyPattern
    {
        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget) =>
            content.IsMultipart == IsMultipart && content.Fields(ref budget) is { } sent && sent.Hold(Saved, subset, ref budget);
    }

    private sealed record GraphQL(ulong Query, JsonPattern Variables, ulong? OperationName) : BodyPattern
    {
        internal override bool HasWildcards => Variables.HasWildcards;

        internal override ImmutableArray<string> Captures => Variables.Captures;

        internal override bool Fits(RequestContent content, bool subset, List<Field>? captures, ref WorkBudget budget)
        {
            if (content.Call(ref budget) is not { } call || call.Query != Query || (OperationName is not null && call.OperationName != OperationName))
            {
                return false;
            }

            return call.Variables is int variables
                ? Variables.Fits(content.Json(ref budget)!, variables, subset, captures, ref budget)
                : Variables.Fits(RequestJson.Empty, RequestJson.Root, subset, captures, ref budget);
        }
    }
}
