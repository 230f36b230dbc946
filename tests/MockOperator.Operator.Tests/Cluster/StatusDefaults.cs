using System.Text.Json.Nodes;
using MockOperator.Operator.Tests.Installation;
using YamlDotNet.RepresentationModel;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>What an API server shows as the status of an object for which none is stored: the default of its definition in <c>config/crd</c>.</summary>
internal static class StatusDefaults
{
    private static readonly Dictionary<string, JsonObject> s_defaults = new[] { "mockservers", "collections", "mockquotas" }
        .Select(static plural => Manifests.Read("config", "crd", plural + ".yaml")[0]["spec"])
        .ToDictionary(
            static spec => spec["names"]["kind"].ToString(),
            static spec => (JsonObject)Json(spec["versions"][0]["schema"]["openAPIV3Schema"]["properties"]["status"]["default"]),
            StringComparer.Ordinal);

    /// <summary>The default of a kind; null when it has none.</summary>
    public static JsonObject? Of(string kind) => s_defaults.GetValueOrDefault(kind);

    private static JsonNode Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(static pair => KeyValuePair.Create(pair.Key.ToString(), (JsonNode?)Json(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(Json)]),
        _ => JsonValue.Create(node.ToString()),
    };
}
