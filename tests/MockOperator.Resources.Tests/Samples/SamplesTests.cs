using System.Text.Json;
using System.Text.Json.Nodes;
using MockOperator.Resources.Tests.Crds;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Samples;

/// <summary>What people copy first is right.</summary>
public sealed class SamplesTests
{
    public static TheoryData<string> Files =>
        [.. Directory.GetFiles(Repository.PathOf("config", "samples"), "*.yaml").Select(static path => Path.GetFileName(path)).Where(static name => name != "kustomization.yaml").Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public void A_sample_is_understood_and_breaks_no_rule(string file)
    {
        foreach (JsonObject manifest in Read(file))
        {
            string name = (string)manifest["metadata"]!["name"]!;
            string spec = manifest["spec"]?.ToJsonString() ?? "{}";
            switch ((string?)manifest["kind"])
            {
                case "MockServer":
                    Assert.Equal(ApiGroup.ApiVersion, (string?)manifest["apiVersion"]);
                    MockServerSpec mock = JsonSerializer.Deserialize(spec, ResourceJson.Default.MockServerSpec)!;
                    Assert.Empty(MockServerRules.Check(name, mock).Concat(CorsRules.Check(mock.Cors)).Concat(ApiKeyRules.Check(mock.ApiKeys)));
                    Assert.True(JsonNode.DeepEquals(manifest["spec"], JsonSerializer.SerializeToNode(mock, ResourceJson.Default.MockServerSpec)), $"{name} says something that the record does not know");
                    break;
                case "Collection":
                    Assert.Equal(ApiGroup.ApiVersion, (string?)manifest["apiVersion"]);
                    CollectionSpec collection = JsonSerializer.Deserialize(spec, ResourceJson.Default.CollectionSpec)!;
                    Assert.Empty(CollectionRules.Check(collection));
                    Assert.True(JsonNode.DeepEquals(manifest["spec"], JsonSerializer.SerializeToNode(collection, ResourceJson.Default.CollectionSpec)), $"{name} says something that the record does not know");
                    break;
                case "MockQuota":
                    Assert.Equal(ApiGroup.ApiVersion, (string?)manifest["apiVersion"]);
                    MockQuotaSpec quota = JsonSerializer.Deserialize(spec, ResourceJson.Default.MockQuotaSpec)!;
                    Assert.Empty(MockQuotaRules.Check(name, quota));
                    Assert.True(JsonNode.DeepEquals(manifest["spec"], JsonSerializer.SerializeToNode(quota, ResourceJson.Default.MockQuotaSpec)), $"{name} says something that the record does not know");
                    break;
                default:
                    Assert.Equal("v1", (string?)manifest["apiVersion"]);
                    break;
            }
        }
    }

    private static IEnumerable<JsonObject> Read(string file)
    {
        using StreamReader reader = File.OpenText(Repository.PathOf("config", "samples", file));
        var stream = new YamlStream();
        stream.Load(reader);
        return [.. stream.Documents.Select(static document => (JsonObject)Convert(document.RootNode)!)];
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(static pair => KeyValuePair.Create(pair.Key.ToString(), Convert(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Convert)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } => Plain(text),
        YamlScalarNode scalar => JsonValue.Create(scalar.Value),
        _ => null,
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "null" or "~" => null,
        "true" => JsonValue.Create(true),
        "false" => JsonValue.Create(false),
        _ when char.IsAsciiDigit(text[0]) && JsonNumber(text) is { } number => number,
        _ => JsonValue.Create(text),
    };

    private static JsonNode? JsonNumber(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
