using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s.Models;

namespace MockOperator.Kubernetes.Caching;

/// <summary>Whether one field manager still owns every field of what it applied.</summary>
/// <remarks>
/// The server takes a field from its manager when anyone else changes or removes it (Kubernetes, server-side apply: field management). So while we own all fields that
/// we applied, all have the values that we applied: nothing needs to be read but metadata.
/// </remarks>
internal static class FieldOwnership
{
    /// <summary>Whether every field set in <paramref name="desired"/> is owned in <paramref name="fields"/>.</summary>
    /// <param name="desired">The apply body.</param>
    /// <param name="fields">The manager's <c>fieldsV1</c>.</param>
    public static bool Covers(JsonElement desired, JsonElement fields)
    {
        foreach (var member in desired.EnumerateObject())
        {
            // These name the object; they are not owned.
            if (member.Name is "apiVersion" or "kind")
                continue;
            if (member.Name == "metadata")
            {
                if (!CoversMetadata(member.Value, fields))
                    return false;
            }
            else if (!CoversMember(member, fields))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The <c>fieldsV1</c> of an entry; null when there are none, or only their digest was kept.</summary>
    public static JsonDocument? Parse(V1ManagedFieldsEntry entry) => Bytes(entry) is { Length: > 0 } bytes && !IsDigest(bytes) ? JsonDocument.Parse(bytes) : null;

    /// <summary>The <c>fieldsV1</c> of an entry as text, whether parsed or as kept by a store; empty when there are none.</summary>
    public static byte[] Bytes(V1ManagedFieldsEntry entry) => entry.FieldsV1 switch
    {
        byte[] bytes => bytes,
        JsonElement element => JsonMarshal.GetRawUtf8Value(element).ToArray(),
        _ => [],
    };

    /// <summary>What stands for fields that are too many to be kept: a JSON string, which fields never are. The digest of a digest is itself.</summary>
    public static byte[] Digest(byte[] fields) =>
        IsDigest(fields) ? fields : Encoding.UTF8.GetBytes($"\"{Convert.ToHexStringLower(SHA256.HashData(fields).AsSpan(0, 16))}\"");

    private static bool IsDigest(byte[] fields) => fields is [(byte)'"', ..];

    private static bool CoversMetadata(JsonElement metadata, JsonElement fields)
    {
        var owned = fields.TryGetProperty("f:metadata", out var f) ? f : default;
        return metadata.EnumerateObject()
            .Where(m => m.Name is not ("name" or "namespace" or "uid" or "resourceVersion"))
            .All(m => CoversMember(m, owned));
    }

    private static bool CoversMember(JsonProperty member, JsonElement owner) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty("f:" + member.Name, out var node)
            ? CoversValue(member.Value, node)
            : IsEmpty(member.Value);

    private static bool CoversValue(JsonElement value, JsonElement node)
    {
        // Nothing beneath: the field is owned as a whole (a scalar, or a list or map that the schema calls atomic).
        if (!node.EnumerateObject().Any(p => p.Name != "."))
            return true;
        return value.ValueKind switch
        {
            JsonValueKind.Object => value.EnumerateObject().All(m => CoversMember(m, node)),
            JsonValueKind.Array => value.EnumerateArray().All(item => CoversItem(item, node)),
            _ => true,
        };
    }

    private static bool CoversItem(JsonElement item, JsonElement list)
    {
        foreach (var entry in list.EnumerateObject())
        {
            if (entry.Name.StartsWith("v:", StringComparison.Ordinal) && SameScalar(entry.Name.AsMemory(2), item))
                return true;
            if (entry.Name.StartsWith("k:", StringComparison.Ordinal) && item.ValueKind == JsonValueKind.Object && HasKeys(entry.Name.AsMemory(2), item))
                return CoversValue(item, entry.Value);
        }

        return false;
    }

    private static bool HasKeys(ReadOnlyMemory<char> keys, JsonElement item)
    {
        using var document = JsonDocument.Parse(keys);
        // A key that we leave to its default (a port's protocol) is in the name of the entry but not in ours.
        return document.RootElement.EnumerateObject().All(
            key => !item.TryGetProperty(key.Name, out var ours) || JsonElement.DeepEquals(ours, key.Value));
    }

    private static bool SameScalar(ReadOnlyMemory<char> text, JsonElement item)
    {
        using var document = JsonDocument.Parse(text);
        return JsonElement.DeepEquals(document.RootElement, item);
    }

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Null => true,
        _ => false,
    };
}
