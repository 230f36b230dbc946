using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Bundles;

/// <summary>Looks at the ConfigMaps of a bundle as a pod does that mounts all of them.</summary>
internal static class StoredBundle
{
    /// <summary>The revision that a pod would load, or null when the bundle is not whole.</summary>
    public static string? Load(IEnumerable<V1ConfigMap> mounted)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach ((string name, byte[] bytes) in mounted.SelectMany(FilesOf))
        {
            files[name] = bytes;
        }

        if (!files.TryGetValue(BundleIndex.FileName, out byte[]? found))
        {
            return null;
        }

        BundleIndex index = JsonSerializer.Deserialize(found, RuntimeJson.Default.BundleIndex)!;
        bool isWhole = index.Entries.SelectMany(static entry => entry.Parts)
            .All(part => files.TryGetValue(part.File, out byte[]? bytes) && Convert.ToHexStringLower(SHA256.HashData(bytes)) == part.Sha256);
        return isWhole ? index.Revision : null;
    }

    public static IEnumerable<KeyValuePair<string, byte[]>> FilesOf(V1ConfigMap map) =>
        (map.BinaryData ?? new Dictionary<string, byte[]>(StringComparer.Ordinal))
            .Concat((map.Data ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(static pair => KeyValuePair.Create(pair.Key, Encoding.UTF8.GetBytes(pair.Value))));
}
