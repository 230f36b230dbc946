using System.Text.Json.Nodes;

namespace MockOperator.Operator.Desired;

/// <summary>
/// Merges a user's pod template over ours, as a strategic merge would: objects key by key, lists whose elements have a key of their own element by
/// element, other lists and scalars replaced, and null removes.
/// </summary>
public static class TemplateMerge
{
    private static readonly Dictionary<string, string> s_listKeys = new(StringComparer.Ordinal)
    {
        ["containers"] = "name",
        ["initContainers"] = "name",
        ["ephemeralContainers"] = "name",
        ["env"] = "name",
        ["volumes"] = "name",
        ["volumeMounts"] = "mountPath",
        ["volumeDevices"] = "devicePath",
        ["ports"] = "containerPort",
        ["imagePullSecrets"] = "name",
        ["hostAliases"] = "ip",
        ["resourceClaims"] = "name",
        ["topologySpreadConstraints"] = "topologyKey",
    };

    /// <summary>Merges <paramref name="patch"/> into <paramref name="target"/>, which is changed.</summary>
    public static void Into(JsonObject target, JsonObject patch)
    {
        foreach ((string key, JsonNode? value) in patch)
        {
            switch (value)
            {
                case null:
                    target.Remove(key);
                    break;
                case JsonObject inner when target[key] is JsonObject existing:
                    Into(existing, inner);
                    break;
                case JsonArray list when target[key] is JsonArray existing && s_listKeys.TryGetValue(key, out string? by):
                    IntoList(existing, list, by);
                    break;
                default:
                    target[key] = value.DeepClone();
                    break;
            }
        }
    }

    private static void IntoList(JsonArray target, JsonArray patch, string by)
    {
        foreach (JsonNode? element in patch)
        {
            JsonObject? existing = target.OfType<JsonObject>().FirstOrDefault(candidate => IsSame(candidate, element, by));
            if (existing is not null)
            {
                Into(existing, element!.AsObject());
            }
            else
            {
                target.Add(element?.DeepClone());
            }
        }
    }

    private static bool IsSame(JsonObject candidate, JsonNode? element, string by) =>
        element is JsonObject other && candidate[by] is { } left && other[by] is { } right && JsonNode.DeepEquals(left, right);
}
