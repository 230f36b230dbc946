using System.IO.Compression;
using MockOperator.Resources;
using MockOperator.Runtime.Hashing;

namespace MockOperator.Cli.Manifests;

/// <summary>A collection document, compressed and cut into pieces that each fit a ConfigMap.</summary>
internal sealed class PackedCollection
{
    /// <summary>Most ConfigMaps of one collection: the first and 63 more.</summary>
    public const int MaxParts = 64;

    /// <summary>Bytes of a piece: below the 1 MiB that a ConfigMap may hold, and as base64 below the 1.5 MiB that etcd takes.</summary>
    public const int PartBytes = 900 * 1024;
    private const string Key = "collection.json.gz";
    private const string NameLabel = "mockoperator.dev/packed-collection";
    private const string RevisionLabel = "mockoperator.dev/packed-revision";
    private const int RevisionLength = 16;
    private readonly byte[] _compressed;
    private readonly string _revision;

    private PackedCollection(byte[] compressed, string revision)
    {
        _compressed = compressed;
        _revision = revision;
    }

    private int Parts => Math.Max(1, (_compressed.Length + PartBytes - 1) / PartBytes);

    /// <summary>Compresses a document; null when it needs more than <see cref="MaxParts"/> pieces.</summary>
    public static PackedCollection? Pack(ReadOnlySpan<byte> document)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
        {
            gzip.Write(document);
        }

        var packed = new PackedCollection(compressed.ToArray(), Sha256Digest.Of(document).ToString()[..RevisionLength]);
        return packed.Parts > MaxParts ? null : packed;
    }

    /// <summary>Chooses the ConfigMaps of other packings under this name: what a larger one left behind.</summary>
    public string Leftovers(string name) => $"{NameLabel}={name},{RevisionLabel}!={_revision}";

    /// <summary>Writes the manifests as YAML: the ConfigMaps first, so that the Collection never refers to what is not there yet.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="name">Name of the Collection, of its MockServer, and what names of ConfigMaps begin with.</param>
    /// <param name="inNamespace">Their namespace; null for that of whoever applies them.</param>
    /// <param name="withServer">Whether a MockServer is among them.</param>
    public void Write(TextWriter output, string name, string? inNamespace, bool withServer)
    {
        for (int part = 0; part < Parts; part++)
        {
            int start = part * PartBytes;
            WriteHead(output, "v1", "ConfigMap", ConfigMapName(name, part), name, inNamespace);
            output.WriteLine("binaryData:");
            output.WriteLine($"  {Key}: {Convert.ToBase64String(_compressed.AsSpan(start, Math.Min(PartBytes, _compressed.Length - start)))}");
            output.WriteLine("---");
        }

        WriteHead(output, ApiGroup.ApiVersion, "Collection", name, name, inNamespace);
        output.WriteLine("spec:");
        output.WriteLine("  configMapKeyRef:");
        output.WriteLine($"    name: {ConfigMapName(name, 0)}");
        output.WriteLine($"    key: {Key}");
        if (Parts > 1)
        {
            output.WriteLine("    parts:");
            for (int part = 1; part < Parts; part++)
            {
                output.WriteLine($"    - name: {ConfigMapName(name, part)}");
                output.WriteLine($"      key: {Key}");
            }
        }

        if (withServer)
        {
            output.WriteLine("---");
            WriteHead(output, ApiGroup.ApiVersion, "MockServer", name, name, inNamespace);
            output.WriteLine("spec:");
            output.WriteLine("  collectionRef:");
            output.WriteLine($"    name: {name}");
        }
    }

    private static string ConfigMapName(string name, int part) => part == 0 ? $"{name}-collection" : $"{name}-collection-{part}";

    private void WriteHead(TextWriter output, string apiVersion, string kind, string name, string collection, string? inNamespace)
    {
        output.WriteLine($"apiVersion: {apiVersion}");
        output.WriteLine($"kind: {kind}");
        output.WriteLine("metadata:");
        output.WriteLine($"  name: {name}");
        if (inNamespace is not null)
        {
            output.WriteLine($"  namespace: {inNamespace}");
        }

        // Quoted: YAML would read 12e4 as a number.
        output.WriteLine("  labels:");
        output.WriteLine($"    {NameLabel}: \"{collection}\"");
        output.WriteLine($"    {RevisionLabel}: \"{_revision}\"");
    }
}
