using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Resources.Tests.Crds;

/// <summary>
/// Objects of each version of the API as it was released, every field used. They are stored in clusters, and there is no conversion: whatever becomes of the API, they load. Files are added here, never changed.
/// </summary>
public sealed class ReleasedShapesTests
{
    private static readonly string s_folder = Repository.PathOf("tests", "corpus", "api", ApiGroup.Version);

    public static TheoryData<string> Files => [.. Directory.GetFiles(s_folder, "*.json").Select(static path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> All => Crd.All;

    [Theory]
    [MemberData(nameof(Files))]
    public void A_stored_object_loads_without_a_problem_or_an_unknown_field(string file)
    {
        JsonObject stored = Read(file);

        Assert.Equal(ApiGroup.ApiVersion, (string?)stored["apiVersion"]);
        Assert.Empty(Unknown(Crd.Of(PluralOf(stored)).Schema, stored, ""));
        Assert.Empty(Problems(stored));
        Assert.Empty(FormerFields.Find((string)stored["kind"]!, stored["spec"].Deserialize<JsonElement>()));
        Assert.Empty(CelEvaluation.Broken(RulesOf(stored), stored));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Every_field_is_used_by_a_stored_object(string plural)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        foreach (JsonObject stored in Files.Select(static row => Read(row.Data)).Where(stored => PluralOf(stored) == plural))
        {
            Use(stored, "", used);
        }

        Assert.Empty(Crd.Of(plural).Walk().Select(static node => node.Path).Where(static path => path.StartsWith(".spec.", StringComparison.Ordinal) || path.StartsWith(".status.", StringComparison.Ordinal)).Except(used));
    }

    private static IEnumerable<SpecProblem> Problems(JsonObject stored)
    {
        string name = (string)stored["metadata"]!["name"]!;
        switch ((string?)stored["kind"])
        {
            case "MockServer":
                MockServerSpec mock = Load(stored["spec"], ResourceJson.Default.MockServerSpec);
                Load(stored["status"], ResourceJson.Default.MockServerStatus);
                return MockServerRules.Check(name, mock).Concat(CorsRules.Check(mock.Cors)).Concat(ApiKeyRules.Check(mock.ApiKeys));
            case "Collection":
                Load(stored["status"], ResourceJson.Default.CollectionStatus);
                return CollectionRules.Check(Load(stored["spec"], ResourceJson.Default.CollectionSpec));
            default:
                Load(stored["status"], ResourceJson.Default.MockQuotaStatus);
                return MockQuotaRules.Check(name, Load(stored["spec"], ResourceJson.Default.MockQuotaSpec));
        }
    }

    /// <summary>Reads a part of an object, and holds that nothing of it is lost.</summary>
    private static T Load<T>(JsonNode? part, JsonTypeInfo<T> type)
        where T : class, new()
    {
        if (part is null)
        {
            return new T();
        }

        T read = part.Deserialize(type)!;
        JsonNode written = JsonSerializer.SerializeToNode(read, type)!;
        Assert.True(JsonNode.DeepEquals(Moments(part), Moments(written)), $"{part.ToJsonString()} became {written.ToJsonString()}");
        return read;
    }

    // A moment may be written with another offset.
    private static JsonNode Moments(JsonNode part) => JsonNode.Parse(part.ToJsonString().Replace("\\u002B00:00\"", "Z\"", StringComparison.Ordinal).Replace("+00:00\"", "Z\"", StringComparison.Ordinal))!;

    private static IEnumerable<string> Unknown(YamlMappingNode schema, JsonNode? value, string path)
    {
        if (Crd.Text(schema, "x-kubernetes-preserve-unknown-fields") == "true" || path == ".metadata")
        {
            return [];
        }

        return value switch
        {
            JsonObject map => map.SelectMany(pair =>
                (Crd.Find(schema, "properties") is YamlMappingNode properties ? Crd.Find(properties, pair.Key) : Crd.Find(schema, "additionalProperties")) is YamlMappingNode found
                    ? Unknown(found, pair.Value, $"{path}.{pair.Key}")
                    : [$"{path}.{pair.Key}"]),
            JsonArray list => Crd.Find(schema, "items") is YamlMappingNode items ? list.SelectMany(element => Unknown(items, element, path + "[]")) : [path],
            _ => [],
        };
    }

    private static void Use(JsonNode? value, string path, HashSet<string> used)
    {
        used.Add(path);
        switch (value)
        {
            case JsonObject map:
                used.Add(path + "{}");
                foreach ((string name, JsonNode? inner) in map)
                {
                    Use(inner, $"{path}.{name}", used);
                }

                break;
            case JsonArray list:
                foreach (JsonNode? element in list)
                {
                    Use(element, path + "[]", used);
                }

                break;
        }
    }

    private static IEnumerable<CelRule> RulesOf(JsonObject stored) => (string?)stored["kind"] switch
    {
        "MockServer" => CelRules.OfMockServer,
        "Collection" => CelRules.OfCollection,
        _ => CelRules.OfMockQuota,
    };

    private static string PluralOf(JsonObject stored) => ((string)stored["kind"]!).ToLowerInvariant() + "s";

    private static JsonObject Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(s_folder, file)))!.AsObject();
}
