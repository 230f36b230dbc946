using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>A CRD of <c>config/crd</c>, as a document.</summary>
internal sealed class Crd
{
    private Crd(string plural)
    {
        File = Repository.PathOf("config", "crd", plural + ".yaml");
        using StreamReader reader = System.IO.File.OpenText(File);
        var stream = new YamlStream();
        stream.Load(reader);
        Document = (YamlMappingNode)stream.Documents[0].RootNode;
        Version = (YamlMappingNode)((YamlSequenceNode)Document["spec"]["versions"])[0];
        Schema = (YamlMappingNode)Version["schema"]["openAPIV3Schema"];
    }

    public static Crd MockServers { get; } = new("mockservers");

    public static Crd Collections { get; } = new("collections");

    public static Crd MockQuotas { get; } = new("mockquotas");

    public static TheoryData<string> All => ["mockservers", "collections", "mockquotas"];

    public string File { get; }

    public YamlMappingNode Document { get; }

    public YamlMappingNode Version { get; }

    public YamlMappingNode Schema { get; }

    public static Crd Of(string plural) => plural switch
    {
        "mockservers" => MockServers,
        "collections" => Collections,
        "mockquotas" => MockQuotas,
        _ => throw new ArgumentOutOfRangeException(nameof(plural), plural, "There is no such definition."),
    };

    /// <summary>Every schema in the document, with the JSON path of what it describes.</summary>
    public IEnumerable<(string Path, YamlMappingNode Schema)> Walk() => Walk("", Schema);

    public static string? Text(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? (value as YamlScalarNode)?.Value : null;

    public static YamlNode? Find(YamlMappingNode node, string key) => node.Children.TryGetValue(key, out YamlNode? value) ? value : null;

    private static IEnumerable<(string Path, YamlMappingNode Schema)> Walk(string path, YamlMappingNode schema)
    {
        yield return (path, schema);
        if (Find(schema, "properties") is YamlMappingNode properties)
        {
            foreach ((YamlNode name, YamlNode property) in properties.Children)
            {
                foreach ((string, YamlMappingNode) inner in Walk($"{path}.{name}", (YamlMappingNode)property))
                {
                    yield return inner;
                }
            }
        }

        foreach ((string key, string suffix) in new[] { ("items", "[]"), ("additionalProperties", "{}") })
        {
            if (Find(schema, key) is YamlMappingNode element)
            {
                foreach ((string, YamlMappingNode) inner in Walk(path + suffix, element))
                {
                    yield return inner;
                }
            }
        }
    }
}
