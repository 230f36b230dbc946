using System.Text;
using System.Text.Json.Nodes;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Installation;

/// <summary>The table of values in docs/chart.md, which is made of the chart's schema and defaults.</summary>
public sealed class ChartValuesTests
{
    private const string Heading = "From `values.schema.json` and `values.yaml`; a test keeps it so.\n\n";

    [Fact]
    public void The_page_says_every_value_with_its_default()
    {
        string path = Path.Combine(Manifests.Root, "docs", "chart.md");
        string page = File.ReadAllText(path);
        string written = page[..(page.IndexOf(Heading, StringComparison.Ordinal) + Heading.Length)] + Table();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(path, written);
            page = written;
        }

        Assert.True(page == written, "docs/chart.md is stale: run this test with UPDATE_SNAPSHOTS=1.");
    }

    [Fact]
    public void Every_default_is_in_the_schema() => Assert.Equal(Leaves(Schema()).Select(static leaf => leaf.Path).Order(StringComparer.Ordinal), Defaults(Values(), "").Order(StringComparer.Ordinal));

    private static string Table()
    {
        YamlMappingNode defaults = Values();
        var table = new StringBuilder("| Value | Default | |\n|---|---|---|\n");
        foreach ((string path, JsonObject schema) in Leaves(Schema()))
        {
            YamlNode value = path.Split('.').Aggregate((YamlNode)defaults, static (node, name) => node[name]);
            string description = schema["description"]!.GetValue<string>();
            string choice = schema["enum"] is JsonArray words ? $" One of {string.Join(", ", words.Select(static word => $"`{word}`"))}." : "";
            table.Append("| `").Append(path).Append("` | ").Append(Text(value)).Append(" | ").Append(description.Replace("|", "\\|", StringComparison.Ordinal)).Append(choice).Append(" |\n");
        }

        return table.ToString();
    }

    private static string Text(YamlNode value) => value switch
    {
        YamlSequenceNode { Children.Count: 0 } or YamlMappingNode { Children.Count: 0 } or YamlScalarNode { Value: "" } => "",
        YamlSequenceNode list => $"`[{string.Join(", ", list.Select(Inner))}]`",
        YamlMappingNode => $"`{Inner(value)}`",
        _ => $"`{value}`",
    };

    private static string Inner(YamlNode value) => value is YamlMappingNode map ? $"{{{string.Join(", ", map.Select(static pair => $"{pair.Key}: {Inner(pair.Value)}"))}}}" : value.ToString();

    private static JsonObject Schema() => (JsonObject)JsonNode.Parse(File.ReadAllText(Path.Combine(Manifests.Root, "charts", "mock-operator", "values.schema.json")))!;

    private static YamlMappingNode Values() => Assert.Single(Manifests.Read("charts", "mock-operator", "values.yaml"));

    // What Helm itself gives to every chart is no value of this one.
    private static IEnumerable<(string Path, JsonObject Schema)> Leaves(JsonObject schema, string path = "") =>
        schema["properties"] is JsonObject properties
            ? properties.Where(pair => path.Length > 0 || pair.Key != "global").SelectMany(pair => Leaves((JsonObject)pair.Value!, path.Length == 0 ? pair.Key : $"{path}.{pair.Key}"))
            : [(path, schema)];

    private static IEnumerable<string> Defaults(YamlNode node, string path)
    {
        JsonObject? at = path.Length == 0 ? Schema() : path.Split('.').Aggregate((JsonObject?)Schema(), static (schema, name) => schema?["properties"]?[name] as JsonObject);
        return node is YamlMappingNode map && at?["properties"] is not null
            ? map.SelectMany(pair => Defaults(pair.Value, path.Length == 0 ? pair.Key.ToString() : $"{path}.{pair.Key}"))
            : [path];
    }
}
