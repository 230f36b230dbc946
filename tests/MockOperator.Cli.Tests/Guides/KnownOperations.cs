using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.PostmanApi.Description;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>The operations of Postman's API that there are, as a page may name them, and what they take and tell.</summary>
internal sealed partial class KnownOperations
{
    private readonly JsonNode _description = JsonNode.Parse(OpenApiDocument.Bytes.Span)!;

    /// <summary>Whether a text names an operation.</summary>
    public static bool Is(string code) => Operation().IsMatch(code);

    /// <summary>What is wrong with the operations of a text.</summary>
    public IEnumerable<string> Problems(string text) => GuideRow.Code(text).Where(code => Is(code) && Find(code) is null).Select(static code => $"There is no operation {code}.");

    /// <summary>What is wrong with the names in a text that are those of parameters and members of its operations.</summary>
    public IEnumerable<string> ProblemsOfNames(string text)
    {
        var operations = GuideRow.Code(text).Select(Find).OfType<JsonNode>().ToList();
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var operation in operations)
            Collect(operation, "", known);
        return GuideRow.Code(text)
            .Where(code => !Is(code) && !KnownCommands.Is(code) && !known.Any(name => name == code || name.EndsWith("." + code, StringComparison.Ordinal)))
            .Select(static code => $"No operation of the cell takes or tells `{code}`.");
    }

    private JsonNode? Find(string code) => Operation().Match(code) is { Success: true } match ? _description["paths"]![match.Groups["path"].Value]?[match.Groups["method"].Value.ToLowerInvariant()] : null;

    private void Collect(JsonNode? node, string path, HashSet<string> known)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var one in list)
                    Collect(one, path, known);
                break;
            case JsonObject map when map["$ref"] is { } reference:
                Collect(((string)reference!).Split('/').Skip(1).Aggregate(_description, static (at, name) => at[name]!), path, known);
                break;
            case JsonObject map:
                if (map["in"] is not null && map["name"] is { } parameter)
                    known.Add((string)parameter!);
                foreach (var (name, member) in map)
                {
                    if (name != "properties" || member is not JsonObject properties)
                    {
                        Collect(member, path, known);
                        continue;
                    }

                    foreach (var (property, schema) in properties)
                    {
                        known.Add($"{path}.{property}");
                        Collect(schema, $"{path}.{property}", known);
                    }
                }

                break;
        }
    }

    [GeneratedRegex("^(?<method>GET|POST|PUT|PATCH|DELETE) (?<path>/[^ ]*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex Operation();
}
