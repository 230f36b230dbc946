using System.Collections.Frozen;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;

namespace MockOperator.Mocking.Collections;

/// <summary>
/// Reads environments that Postman exported: <c>{"name": …, "values": [{key, value, enabled}]}</c>, plain or wrapped as <c>{"environment": …}</c>; exports
/// of globals have the same form. No input makes it throw, and no value is quoted in an issue.
/// </summary>
public static class PostmanEnvironmentReader
{
    /// <summary>Reads an environment.</summary>
    /// <param name="utf8Json">The document in UTF-8, with or without a byte order mark. It is not kept.</param>
    /// <param name="limits">Bounds; <see cref="LoadLimits.Default"/> when null.</param>
    /// <returns>What was understood; <see cref="LoadedEnvironment.IsFatal"/> when it is nothing because of the document's form.</returns>
    public static LoadedEnvironment Read(ReadOnlyMemory<byte> utf8Json, LoadLimits? limits = null)
    {
        var context = new ReadingContext(limits ?? LoadLimits.Default);
        JsonSource? source = JsonSource.Open(utf8Json, context.Limits, out DocumentProblem? problem);
        if (source is null)
        {
            context.Issues.Fail(DocumentPath.Root, problem!.Reason, problem.Message);
            return new LoadedEnvironment { Issues = context.Issues.ToImmutable(), IssueCount = context.Issues.Count };
        }

        DocumentNode root = source.Root();
        DocumentNode wrapped = root["environment"];
        root = wrapped.Kind == JsonValueKind.Object && root["values"].IsAbsent ? wrapped : root;
        return Read(root, context);
    }

    private static LoadedEnvironment Read(DocumentNode root, ReadingContext context)
    {
        DocumentNode values = root["values"];
        if (values.Kind != JsonValueKind.Array)
        {
            bool collection = root["item"].Kind == JsonValueKind.Array || root["requests"].Kind == JsonValueKind.Array;
            context.Issues.Fail(
                values.IsAbsent ? root.Path.Property("values") : values.Path,
                LoadIssueReason.NotAnEnvironment,
                (collection ? "This is a collection, not an environment." : "The document has no array of values.") + " Give an environment as Postman exports it.");
        }

        return new LoadedEnvironment
        {
            Name = context.Text(root["name"]) ?? "",
            Variables = values.Kind == JsonValueKind.Array ? VariableReader.Read(values, context) : FrozenDictionary<string, string>.Empty,
            Issues = context.Issues.ToImmutable(),
            IssueCount = context.Issues.Count,
        };
    }
}
