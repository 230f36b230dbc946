using System.Diagnostics.CodeAnalysis;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Cli.Manifests;

/// <summary>Reads keys of ConfigMaps and Secrets among the given files. Problems name keys, never values.</summary>
internal static class ConfigData
{
    private const int MaxDocumentBytes = 64 * 1024 * 1024;

    /// <summary>All keys whose values are text.</summary>
    public static Dictionary<string, string> Variables(LocalObject source)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (string field in (string[])["data", "stringData"])
        {
            if (source.Body.TryGetProperty(field, out JsonElement values) && values.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty property in values.EnumerateObject())
                {
                    if (TryFind(source, property.Name, out byte[]? bytes))
                    {
                        variables[property.Name] = Encoding.UTF8.GetString(bytes);
                    }
                }
            }
        }

        return variables;
    }

    /// <summary>Looks a key up.</summary>
    public static bool TryFind(LocalObject source, string key, [NotNullWhen(true)] out byte[]? value)
    {
        bool secret = source.Kind == "Secret";
        value = Find(source, secret ? "stringData" : "data", key) is { } text
            ? Encoding.UTF8.GetBytes(text)
            : FromBase64(Find(source, secret ? "data" : "binaryData", key));
        return value is not null;
    }

    /// <summary>Joins the parts of a document and decompresses it if it is compressed.</summary>
    /// <param name="reference">Where it lies.</param>
    /// <param name="find">Finds a ConfigMap by name.</param>
    /// <param name="document">The document.</param>
    /// <param name="problem">What is missing.</param>
    public static bool TryReadDocument(
        ContentReference reference,
        Func<string, LocalObject?> find,
        [NotNullWhen(true)] out byte[]? document,
        [NotNullWhen(false)] out string? problem)
    {
        document = null;
        using var joined = new MemoryStream();
        IEnumerable<ConfigMapKeyReference> parts =
            [new ConfigMapKeyReference { Name = reference.Name, Key = reference.Key }, .. reference.Parts ?? []];
        foreach (ConfigMapKeyReference part in parts)
        {
            if (find(part.Name) is not { } map)
            {
                problem = $"ConfigMap '{part.Name}' is not among the given files.";
                return false;
            }

            if (!TryFind(map, part.Key, out byte[]? bytes))
            {
                problem = $"ConfigMap '{part.Name}' has no key '{part.Key}'.";
                return false;
            }

            joined.Write(bytes);
        }

        document = joined.ToArray();
        problem = null;
        if (document is [0x1f, 0x8b, ..])
        {
            document = Decompress(document);
            problem = document is null ? $"ConfigMap '{reference.Name}', key '{reference.Key}' is not valid gzip, or larger than {MaxDocumentBytes} bytes." : null;
        }

        return document is not null;
    }

    private static string? Find(LocalObject source, string field, string key) =>
        source.Body.TryGetProperty(field, out JsonElement values) && values.ValueKind == JsonValueKind.Object
            && values.TryGetProperty(key ?? "", out JsonElement value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static byte[]? FromBase64(string? text)
    {
        if (text is null)
        {
            return null;
        }

        byte[] buffer = new byte[text.Length];
        return Convert.TryFromBase64String(text, buffer, out int length) ? buffer[..length] : null;
    }

    private static byte[]? Decompress(byte[] compressed)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(compressed), CompressionMode.Decompress);
            using var result = new MemoryStream();
            byte[] chunk = new byte[64 * 1024];
            int count;
            while ((count = gzip.Read(chunk)) > 0)
            {
                result.Write(chunk, 0, count);
                if (result.Length > MaxDocumentBytes)
                {
                    return null;
                }
            }

            return result.ToArray();
        }
        catch (InvalidDataException)
        {
            return null;
        }
    }
}
