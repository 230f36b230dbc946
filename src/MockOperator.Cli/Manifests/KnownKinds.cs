using System.Collections.Frozen;
using System.Text.Json;
using MockOperator.Cli.Manifests.Schemas;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Manifests;

/// <summary>The schemas of the kinds that are judged: ours as the shipped CRDs have them, which are part of this program, and the two of Kubernetes' own that hold content.</summary>
internal static class KnownKinds
{
    private const string Folder = "crd/";

    private static readonly Lazy<FrozenDictionary<string, ObjectSchema>> s_ours = new(static () => typeof(KnownKinds).Assembly.GetManifestResourceNames()
        .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
        .Select(Read)
        .ToFrozenDictionary(StringComparer.Ordinal));

    private static readonly ObjectSchema s_text = new() { Type = "string" };
    private static readonly ObjectSchema s_texts = new() { Type = "object", AdditionalProperties = s_text };
    private static readonly ObjectSchema s_flag = new() { Type = "boolean" };
    private static readonly ObjectSchema s_configMap = Content(("data", s_texts), ("binaryData", s_texts), ("immutable", s_flag));
    private static readonly ObjectSchema s_secret = Content(("data", s_texts), ("stringData", s_texts), ("immutable", s_flag), ("type", s_text));

    /// <summary>Whether a kind is one of the project's.</summary>
    public static bool IsOurs(string kind) => s_ours.Value.ContainsKey(kind);

    /// <summary>The schema of a kind; null for those that are not judged.</summary>
    public static ObjectSchema? Of(string kind) => kind switch
    {
        "ConfigMap" => s_configMap,
        "Secret" => s_secret,
        _ => s_ours.Value.GetValueOrDefault(kind),
    };

    private static ObjectSchema Content(params ReadOnlySpan<(string Name, ObjectSchema Schema)> fields)
    {
        var all = new Dictionary<string, ObjectSchema>(StringComparer.Ordinal);
        foreach ((string name, ObjectSchema schema) in fields)
        {
            all[name] = schema;
        }

        return new ObjectSchema { Type = "object", Properties = all.ToFrozenDictionary(StringComparer.Ordinal) };
    }

    private static KeyValuePair<string, ObjectSchema> Read(string resource)
    {
        using var text = new StreamReader(typeof(KnownKinds).Assembly.GetManifestResourceStream(resource)!);
        if (!YamlDocuments.TryRead(text, out List<YamlDocument>? documents, out string? problem))
        {
            throw new InvalidDataException($"{resource}: {problem}");
        }

        using JsonDocument definition = JsonDocument.Parse(documents[0].Json);
        JsonElement spec = definition.RootElement.GetProperty("spec");
        JsonElement schema = spec.GetProperty("versions")[0].GetProperty("schema").GetProperty("openAPIV3Schema").Clone();
        return KeyValuePair.Create(spec.GetProperty("names").GetProperty("kind").GetString()!, SchemaReader.Read(schema));
    }
}
