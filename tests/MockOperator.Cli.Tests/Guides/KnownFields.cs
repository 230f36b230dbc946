using MockOperator.Testing;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Cli.Tests.Guides;

/// <summary>The fields of our kinds, as a page may name them: <c>spec.delay: {fixed: 250ms}</c>, and a further <c>{…}</c> of the same field.</summary>
internal sealed class KnownFields
{
    private readonly IReadOnlyList<YamlMappingNode> _schemas =
    [
        .. Directory.EnumerateFiles(Path.Combine(Repository.Root, "config", "crd"), "*.yaml").Where(static file => Path.GetFileName(file) != "kustomization.yaml").Select(static file =>
        {
            var definition = (YamlMappingNode)Parse(File.ReadAllText(file));
            return (YamlMappingNode)definition["spec"]["versions"][0]["schema"]["openAPIV3Schema"];
        }),
    ];

    /// <summary>Whether a text names a field.</summary>
    public static bool Is(string code) => code.StartsWith("spec.", StringComparison.Ordinal);

    /// <summary>What is wrong with the fields of a text.</summary>
    public IEnumerable<string> Problems(string text)
    {
        YamlMappingNode? field = null;
        var path = "";
        foreach (var code in GuideRow.Code(text))
        {
            var value = code;
            if (Is(code))
            {
                (path, value) = code.IndexOf(": ", StringComparison.Ordinal) is >= 0 and var colon ? (code[..colon], code[(colon + 2)..]) : (code, "");
                field = _schemas.Select(schema => path.Split('.').Aggregate((YamlMappingNode?)schema, Below)).FirstOrDefault(static found => found is not null);
                if (field is null)
                    yield return $"No kind has a field {path}.";
            }
            else if (!code.StartsWith('{'))
            {
                continue;
            }

            if (field is not null && value.Length > 0)
            {
                foreach (var problem in Problems(path, field, Parse(value)))
                    yield return problem;
            }
        }
    }

    private static IEnumerable<string> Problems(string path, YamlMappingNode schema, YamlNode value)
    {
        if (value is YamlMappingNode map)
        {
            foreach (var (key, member) in map.Children)
            {
                if (Below(schema, key.ToString()) is not { } below)
                {
                    yield return $"{path} has no field {key}.";
                    continue;
                }

                foreach (var problem in Problems($"{path}.{key}", below, member))
                    yield return problem;
            }
        }
        else if (value is YamlScalarNode scalar && Member(schema, "enum") is YamlSequenceNode values && !values.Children.Any(one => one.ToString() == scalar.Value))
        {
            yield return $"{path} takes no '{scalar.Value}'.";
        }
    }

    private static YamlMappingNode? Below(YamlMappingNode? schema, string name) =>
        schema is null ? null
        : Member(schema, "items") is YamlMappingNode items ? Below(items, name)
        : Member(schema, "properties") is YamlMappingNode properties ? Member(properties, name) as YamlMappingNode
        : null;

    private static YamlNode? Member(YamlMappingNode map, string name) => map.Children.TryGetValue(new YamlScalarNode(name), out var found) ? found : null;

    private static YamlNode Parse(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return stream.Documents[0].RootNode;
    }
}
