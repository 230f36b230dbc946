using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace MockOperator.Cli.Reports;

/// <summary>
/// Takes out of objects and logs what may be secret and is not needed to help: values beside names (variables, environment, headers), bodies and content of collections, annotations of others, and
/// what looks like a credential in a text. Names stay, so that whoever helps sees what there is.
/// </summary>
internal static partial class Redaction
{
    private const string Redacted = "(redacted)";
    private const int Deepest = 128;
    private const int LongestTime = 40;

    // Fields that hold what users serve, in whatever form.
    private static readonly HashSet<string> Content = new(StringComparer.Ordinal) { "body", "json", "base64", "examples", "postman", "data", "binaryData", "stringData" };

    // Whose annotations say how an object is handled, and are written by programs.
    private static readonly string[] KnownAnnotations =
    [
        "mockoperator.dev/", "publish.mockoperator.dev/", "deployment.kubernetes.io/", "kubernetes.io/", "argocd.argoproj.io/tracking-id", "meta.helm.sh/", "cert-manager.io/issuer", "cert-manager.io/cluster-issuer",
        "controller-gen.kubebuilder.io/", "prometheus.io/",
    ];

    /// <summary>Redacts an object in place.</summary>
    public static void Apply(JsonNode? node) => Apply(node, "", 0);

    /// <summary>Redacts a text, such as a line of a log.</summary>
    public static string Text(string text)
    {
        // A line of JSON, perhaps behind the time that the API server puts there.
        if (text.IndexOf('{', StringComparison.Ordinal) is >= 0 and <= LongestTime and var brace && Call(text[brace..]) is { } call)
            return text[..brace] + call;
        return UserInfo().Replace(Credential().Replace(text, match => match.Groups["name"].Value + Redacted), match => $"{match.Groups["name"].Value}{Redacted}@");
    }

    private static void Apply(JsonNode? node, string name, int depth)
    {
        switch (node)
        {
            case JsonArray list:
                foreach (var item in list)
                    Apply(item, name, depth + 1);
                break;
            case JsonObject map:
                map.Remove("managedFields");
                foreach (var member in map.ToList())
                {
                    if (depth > Deepest || IsHidden(map, name, member.Key, member.Value))
                        map[member.Key] = Redacted;
                    else if (member.Key == "annotations" && member.Value is JsonObject annotations)
                        ApplyToAnnotations(annotations);
                    else if (member.Value is JsonValue text && text.TryGetValue<string>(out var said))
                        map[member.Key] = Text(said);
                    else
                        Apply(member.Value, member.Key, depth + 1);
                }

                break;
        }
    }

    private static bool IsHidden(JsonObject map, string above, string name, JsonNode? value) =>
        (Content.Contains(name) && above != "matching" && value is not null && !IsReference(value))
        || (name == "value" && (map.ContainsKey("name") || map.ContainsKey("key")) && !map.ContainsKey("operator") && !map.ContainsKey("effect"))
        || (name is "args" or "command" && value is JsonArray && map.ContainsKey("image") && map["name"]?.ToString() != "operator");

    // Where content is said to be elsewhere, the name of the place is not content.
    private static bool IsReference(JsonNode value) => value is JsonObject map && map.Count > 0 && map.All(member => member.Key.EndsWith("Ref", StringComparison.Ordinal));

    private static void ApplyToAnnotations(JsonObject annotations)
    {
        annotations.Remove("kubectl.kubernetes.io/last-applied-configuration");
        foreach (var (name, value) in annotations.ToList())
        {
            annotations[name] = KnownAnnotations.Any(known => name.StartsWith(known, StringComparison.Ordinal)) && value?.GetValueKind() == JsonValueKind.String ? Text(value.ToString()) : Redacted;
        }
    }

    /// <summary>A remembered call that the runtime wrote into its log, without what was sent; null for any other line.</summary>
    private static string? Call(string line)
    {
        try
        {
            if (JsonNode.Parse(line) is not JsonObject map)
                return null;
            var call = map["call"] as JsonObject ?? map;
            if (call["request"] is not JsonObject request || call["response"] is not JsonObject response)
                return null;
            var target = request["path"]?.ToString() ?? "";
            var query = target.IndexOf('?', StringComparison.Ordinal);
            return new JsonObject
            {
                ["id"] = call["id"]?.DeepClone(),
                ["servedAt"] = call["servedAt"]?.DeepClone(),
                ["outcome"] = call["outcome"]?.DeepClone(),
                ["method"] = request["method"]?.DeepClone(),
                ["path"] = Text(query < 0 ? target : target[..query]),
                ["status"] = response["status"]?.DeepClone(),
            }.ToJsonString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    // A credential by what stands before it. Rather too much is taken out than too little.
    [GeneratedRegex(
        """(?<name>\b(bearer|basic)\s+|\w*(api[-_ ]?key|token|passw(or)?d|secret|authorization|credential|cookie)\w*["']?\s*[:=]\s*["']?((bearer|basic)\s+)?)(?<value>[^\s"',;&@}]+)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Credential();

    [GeneratedRegex("""(?<name>://[^/\s:@"']*:)[^/\s@"']+@""", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex UserInfo();
}
