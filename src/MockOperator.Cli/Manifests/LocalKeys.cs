using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Access;

namespace MockOperator.Cli.Manifests;

/// <summary>Reads the keys of a private mock from a Secret among the given files.</summary>
internal static class LocalKeys
{
    /// <summary>The keys of a mock that has none.</summary>
    public static ApiKeyRing None { get; } = ApiKeyRing.Closed("there are no keys");

    /// <summary>Reads the Secret that a MockServer names, or that an operator would create.</summary>
    public static ApiKeyRing Read(LocalDocuments documents, LocalObject server, MockServerSpec spec) => Read(documents, server, spec.ApiKeys?.SecretRef?.Name);

    /// <summary>Reads the Secret of a MockServer that breaks a rule.</summary>
    public static ApiKeyRing ReadOfRefused(LocalDocuments documents, LocalObject server) =>
        Read(documents, server, server.TextAt("spec", "apiKeys", "secretRef", "name"));

    private static ApiKeyRing Read(LocalDocuments documents, LocalObject server, string? named)
    {
        string name = named ?? server.Name + "-api-keys";
        if (documents.Find("Secret", server.Namespace, name) is not { } secret)
        {
            return ApiKeyRing.Closed($"the Secret '{name}' is not among the given files: add it with at least one entry");
        }

        var entries = new Dictionary<string, ReadOnlyMemory<byte>>(StringComparer.Ordinal);
        foreach (string field in (string[])["data", "stringData"])
        {
            if (!secret.Body.TryGetProperty(field, out JsonElement values) || values.ValueKind != JsonValueKind.Object)
            {
                continue;
            }

            foreach (JsonProperty property in values.EnumerateObject())
            {
                // What is not base64 is no value: an empty one closes the ring and names the entry.
                entries[property.Name] = ConfigData.TryFind(secret, property.Name, out byte[]? value) ? value : default;
            }
        }

        return ApiKeyRing.Of(entries);
    }
}
