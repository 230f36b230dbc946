using System.IO.Compression;
using System.Security.Cryptography;
using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>A collection document, compressed and cut into pieces that each fit a ConfigMap.</summary>
public sealed class PackedDocument
{
    /// <summary>Most ConfigMaps of one document: the first and 63 more.</summary>
    public const int MaxParts = 64;

    /// <summary>Bytes of a piece: below the 1 MiB that a ConfigMap may hold, and as base64 below the 1.5 MiB that etcd takes.</summary>
    public const int PartBytes = 900 * 1024;

    /// <summary>The key that a piece has in its ConfigMap.</summary>
    public const string Key = "collection.json.gz";

    /// <summary>The label that names the Collection which a piece belongs to.</summary>
    public const string CollectionLabel = "mockoperator.dev/packed-collection";

    /// <summary>The label that names the document which a piece is of.</summary>
    public const string RevisionLabel = "mockoperator.dev/packed-revision";

    /// <summary>Longest name of a Collection whose document is packed: it is the value of a label.</summary>
    public const int LongestName = 63;

    private const int RevisionLength = 16;
    private readonly byte[] _compressed;

    private PackedDocument(byte[] compressed, string revision)
    {
        _compressed = compressed;
        Revision = revision;
    }

    /// <summary>Names the document: the first 16 digits of its SHA-256.</summary>
    public string Revision { get; }

    /// <summary>How many pieces there are, 1 to <see cref="MaxParts"/>.</summary>
    public int Parts => Math.Max(1, (_compressed.Length + PartBytes - 1) / PartBytes);

    /// <summary>Compresses a document.</summary>
    /// <param name="document">The document.</param>
    /// <returns>The pieces; null when there are more than <see cref="MaxParts"/>.</returns>
    public static PackedDocument? Pack(ReadOnlySpan<byte> document)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize, leaveOpen: true))
            gzip.Write(document);

        var packed = new PackedDocument(compressed.ToArray(), Convert.ToHexStringLower(SHA256.HashData(document))[..RevisionLength]);
        return packed.Parts > MaxParts ? null : packed;
    }

    /// <summary>What names of ConfigMaps begin with that a manifest gives, which is applied again and again: the same for every document.</summary>
    /// <param name="collection">Name of the Collection.</param>
    /// <returns>The prefix.</returns>
    public static string StablePrefix(string collection) => $"{collection}-collection";

    /// <summary>What names of ConfigMaps begin with that are never written twice: each document has its own, so that nobody reads pieces of two.</summary>
    /// <param name="collection">Name of the Collection.</param>
    /// <returns>The prefix.</returns>
    public string OwnPrefix(string collection) => $"{collection}-collection-{Revision}";

    /// <summary>A piece.</summary>
    /// <param name="part">Which, from 0.</param>
    /// <returns>Its bytes.</returns>
    public ReadOnlySpan<byte> Part(int part)
    {
        var start = part * PartBytes;
        return _compressed.AsSpan(start, Math.Min(PartBytes, _compressed.Length - start));
    }

    /// <summary>The name of a piece's ConfigMap.</summary>
    /// <param name="prefix">What names begin with.</param>
    /// <param name="part">Which, from 0.</param>
    /// <returns>The name.</returns>
    public static string NameOf(string prefix, int part) => part == 0 ? prefix : $"{prefix}-{part}";

    /// <summary>Refers to all pieces, as a Collection does.</summary>
    /// <param name="prefix">What names of ConfigMaps begin with.</param>
    /// <returns>The reference.</returns>
    public ContentReference Reference(string prefix) => new()
    {
        Name = NameOf(prefix, 0),
        Key = Key,
        Parts = Parts == 1 ? null : [.. Enumerable.Range(1, Parts - 1).Select(part => new ConfigMapKeyReference { Name = NameOf(prefix, part), Key = Key })],
    };

    /// <summary>The labels of a piece.</summary>
    /// <param name="collection">Name of the Collection.</param>
    /// <returns>The labels.</returns>
    public IReadOnlyDictionary<string, string> Labels(string collection) =>
        new Dictionary<string, string>(StringComparer.Ordinal) { [CollectionLabel] = collection, [RevisionLabel] = Revision };

    /// <summary>Chooses the ConfigMaps of other documents of a Collection: what a larger one left behind.</summary>
    /// <param name="collection">Name of the Collection.</param>
    /// <returns>A label selector.</returns>
    public string Leftovers(string collection) => $"{CollectionLabel}={collection},{RevisionLabel}!={Revision}";

    /// <summary>The ConfigMaps of the pieces, as the store writes them.</summary>
    internal IReadOnlyList<V1ConfigMap> ConfigMaps(string inNamespace, string collection) =>
    [
        .. Enumerable.Range(0, Parts).Select(part => new V1ConfigMap
        {
            Metadata = new V1ObjectMeta
            {
                Name = NameOf(OwnPrefix(collection), part),
                NamespaceProperty = inNamespace,
                Labels = new Dictionary<string, string>(Labels(collection), StringComparer.Ordinal),
            },
            BinaryData = new Dictionary<string, byte[]>(StringComparer.Ordinal) { [Key] = Part(part).ToArray() },
        }),
    ];
}
