using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>A bundle and its Secrets as the kubelet would mount them, for <c>mock-runtime run</c>.</summary>
/// <param name="Root">Where they are.</param>
internal sealed record BundleDirectory(string Root)
{
    /// <summary>Ports that each runtime takes, from its own on: those for administration and control follow it.</summary>
    public const int Ports = 3;

    // As the operator packs them: larger documents are compressed, and no part is larger than a ConfigMap may be.
    private const int CompressAbove = 256 * 1024;
    private const int PartBytes = 900 * 1024;

    private string Bundle => Path.Combine(Root, "bundle");

    private string Secrets => Path.Combine(Root, "secrets");

    /// <summary>Writes a bundle.</summary>
    /// <param name="root">Where to.</param>
    /// <param name="definition">The mock.</param>
    /// <param name="token">Token of the control port.</param>
    /// <param name="collection">What it serves, as Postman exports it; null when the definition has examples of its own.</param>
    public static BundleDirectory Write(string root, MockDefinition definition, string token, byte[]? collection = null)
    {
        var files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        var entries = new List<BundleEntry> { Pack(files, BundleIndex.DefinitionFile, JsonSerializer.SerializeToUtf8Bytes(definition, RuntimeJson.Default.MockDefinition)) };
        if (collection is not null)
        {
            entries.Add(Pack(files, BundleIndex.CollectionFile, collection));
        }

        var index = new BundleIndex { Revision = "r1", ControlTokenHash = Hash(Encoding.UTF8.GetBytes(token)), Entries = entries };
        files[BundleIndex.FileName] = JsonSerializer.SerializeToUtf8Bytes(index, RuntimeJson.Default.BundleIndex);
        var written = new BundleDirectory(root);
        Mount(written.Bundle, files);
        return written;
    }

    /// <summary>Writes the keys of a private mock.</summary>
    /// <param name="keys">By name.</param>
    public void WriteKeys(IReadOnlyDictionary<string, string> keys) =>
        Mount(Path.Combine(Secrets, AccessDefinition.DefaultSecretDirectory), keys.ToDictionary(static key => key.Key, static key => Encoding.UTF8.GetBytes(key.Value), StringComparer.Ordinal));

    /// <summary>The arguments of the runtime that serves it on the loopback address.</summary>
    /// <param name="port">Port of the mock, the first of <see cref="Ports"/>.</param>
    public string[] Arguments(int port) =>
    [
        "run", "--bundle", Bundle, "--secrets", Secrets, "--address", "127.0.0.1", "--port", Text(port), "--admin-port", Text(port + 1), "--control-port", Text(port + 2), "--calls-port", "0",
    ];

    private static void Mount(string volume, Dictionary<string, byte[]> files)
    {
        string data = Path.Combine(volume, "..1");
        Directory.CreateDirectory(data);
        foreach ((string name, byte[] bytes) in files)
        {
            File.WriteAllBytes(Path.Combine(data, name), bytes);
        }

        File.CreateSymbolicLink(Path.Combine(volume, "..data"), "..1");
    }

    private static BundleEntry Pack(Dictionary<string, byte[]> files, string name, byte[] document)
    {
        bool isCompressed = document.Length > CompressAbove;
        var parts = new List<BundlePart>();
        foreach (byte[] part in (isCompressed ? Compress(document) : document).Chunk(PartBytes))
        {
            string file = string.Create(CultureInfo.InvariantCulture, $"{name}.{parts.Count:000}");
            files[file] = part;
            parts.Add(new BundlePart { File = file, Sha256 = Hash(part) });
        }

        return new BundleEntry { Name = name, Gzip = isCompressed, Length = document.Length, Parts = parts };
    }

    private static byte[] Compress(byte[] bytes)
    {
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(bytes);
        }

        return buffer.ToArray();
    }

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
