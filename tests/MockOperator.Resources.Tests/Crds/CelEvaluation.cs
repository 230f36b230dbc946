using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using Cel;
using Google.Protobuf.Reflection;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>Evaluates the rules of a CRD by a CEL library in place of an API server. As on a server, a rule that fails is broken. Unlike one, the library takes a field for absent when it
/// is there but empty, so objects have none such.</summary>
internal static class CelEvaluation
{
    private static readonly CelEnvironment s_cel = Environment();
    private static readonly ConcurrentDictionary<string, CelProgramDelegate> s_compiled = new(StringComparer.Ordinal);

    /// <summary>The rules that an object breaks.</summary>
    public static IReadOnlyList<CelRule> Broken(IEnumerable<CelRule> rules, JsonNode manifest) =>
        [.. rules.Where(rule => Places(manifest, rule.At.TrimStart('.')).Any(self => !Holds(rule.Rule, self)))];

    private static bool Holds(string rule, JsonNode self)
    {
        try
        {
            return (bool)s_compiled.GetOrAdd(rule, s_cel.Compile)(new Dictionary<string, object?>(StringComparer.Ordinal) { ["self"] = Value(self) })!;
        }
        catch (Exception error) when (error.GetType().Namespace?.StartsWith("Cel", StringComparison.Ordinal) == true)
        {
            return false;
        }
    }

    private static IEnumerable<JsonNode> Places(JsonNode node, string path)
    {
        if (path.Length == 0)
        {
            return [node];
        }

        int end = path.IndexOf('.', StringComparison.Ordinal);
        (string step, string rest) = end < 0 ? (path, "") : (path[..end], path[(end + 1)..]);
        bool isList = step.EndsWith("[]", StringComparison.Ordinal);
        JsonNode? found = node is JsonObject map ? map[isList ? step[..^2] : step] : null;
        return found is null ? [] : isList ? ((JsonArray)found).SelectMany(element => Places(element!, rest)) : Places(found, rest);
    }

    private static CelEnvironment Environment()
    {
        // Kubernetes' own additions to the language, as far as the rules use them.
        var environment = new CelEnvironment(Array.Empty<FileDescriptor>(), "");
        environment.RegisterFunction("lowerAscii", [typeof(string)], static given => ((string)given[0]!).ToLowerInvariant());
        environment.RegisterFunction("replace", [typeof(string), typeof(string), typeof(string)], static given => ((string)given[0]!).Replace((string)given[1]!, (string)given[2]!, StringComparison.Ordinal));
        return environment;
    }

    private static object? Value(JsonNode? node) => node switch
    {
        null => null,
        JsonObject map => map.ToDictionary(static pair => pair.Key, static pair => Value(pair.Value), StringComparer.Ordinal),
        JsonArray list => list.Select(Value).ToList(),
        JsonValue value when value.TryGetValue(out string? text) => text,
        JsonValue value when value.TryGetValue(out bool flag) => flag,
        _ => long.Parse(node.ToJsonString(), CultureInfo.InvariantCulture),
    };
}
