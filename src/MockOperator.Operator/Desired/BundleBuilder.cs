using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using k8s.Models;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>
/// Packs a mock's definition and collection into ConfigMaps: compressed and split where needed, each part with its hash. The same input gives the same
/// bytes, so that a restart of the operator writes nothing.
/// </summary>
public static class BundleBuilder
{
    /// <summary>Entries are compressed when together they are larger than this: below it, people can read the ConfigMap.</summary>
    public const int CompressAbove = 256 * 1024;

    /// <summary>Most bytes of parts in one ConfigMap: the API server's limit is 1 MiB, and 900 KiB leave room for the index.</summary>
    public const int PartBytes = 900 * 1024;

    /// <summary>Most ConfigMaps of one bundle.</summary>
    public const int MostConfigMaps = 64;

    /// <summary>Number of hex digits of a revision.</summary>
    public const int RevisionLength = 16;

    /// <summary>Builds the bundle of a mock.</summary>
    /// <param name="mock">The owner.</param>
    /// <param name="definition">What the runtime must know besides the collection.</param>
    /// <param name="collection">The Postman document as the user gave it, or null when the definition embeds native examples.</param>
    /// <param name="controlTokenHash">Lower-case hex SHA-256 of the token of the control port.</param>
    public static Bundle Build(MockServer mock, MockDefinition definition, ReadOnlyMemory<byte>? collection, string controlTokenHash)
    {
        var entries = new List<(string Name, ReadOnlyMemory<byte> Bytes)>
        {
            (BundleIndex.DefinitionFile, JsonSerializer.SerializeToUtf8Bytes(definition, ResourceJson.Default.MockDefinition)),
        };
        if (collection is { } document)
        {
            entries.Add((BundleIndex.CollectionFile, document));
        }

        long length = entries.Sum(static entry => (long)entry.Bytes.Length);
        bool gzip = length > CompressAbove;
        string revision = RevisionOf(entries, controlTokenHash);
        var packed = new List<BundleEntry>(entries.Count);
        var files = new List<(string File, ReadOnlyMemory<byte> Bytes)>();
        foreach ((string name, ReadOnlyMemory<byte> bytes) in entries)
        {
            ReadOnlyMemory<byte> stored = gzip ? Compress(bytes) : bytes;
            IReadOnlyList<BundlePart> parts = Split(gzip ? name + ".gz" : name, stored, files);
            packed.Add(new BundleEntry { Name = name, Gzip = gzip, Length = bytes.Length, Parts = parts });
        }

        var index = new BundleIndex { Revision = revision, ControlTokenHash = controlTokenHash, Entries = packed };
        files.Insert(0, (BundleIndex.FileName, JsonSerializer.SerializeToUtf8Bytes(index, ResourceJson.Default.BundleIndex)));
        return new Bundle(revision, Place(mock, revision, files), length) { Files = [.. files.Select(static file => file.Bytes)] };
    }

    /// <summary>
    /// Number of ConfigMaps that a pod mounts for a bundle of so many: the next power of two, so that a growing collection seldom changes the pod
    /// template, which would restart the pods.
    /// </summary>
    public static int SlotsFor(int configMaps) => (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(configMaps, 1));

    private static string RevisionOf(List<(string Name, ReadOnlyMemory<byte> Bytes)> entries, string controlTokenHash)
    {
        // The token's hash is part of it, because pods are told of new files only when the revision moves.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(controlTokenHash));
        foreach ((string name, ReadOnlyMemory<byte> bytes) in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{name} {bytes.Length}\n")));
            hash.AppendData(bytes.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..RevisionLength];
    }

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> bytes)
    {
        var buffer = new MemoryStream(bytes.Length / 4);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes.Span);
        }

        return buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }

    private static List<BundlePart> Split(string name, ReadOnlyMemory<byte> stored, List<(string File, ReadOnlyMemory<byte> Bytes)> files)
    {
        var parts = new List<BundlePart>();
        int count = Math.Max(1, (stored.Length + PartBytes - 1) / PartBytes);
        for (int number = 0; number < count; number++)
        {
            ReadOnlyMemory<byte> part = stored.Slice(number * PartBytes, Math.Min(PartBytes, stored.Length - (number * PartBytes)));
            string file = count == 1 ? name : string.Create(CultureInfo.InvariantCulture, $"{name}.{number:000}");
            parts.Add(new BundlePart { File = file, Sha256 = Convert.ToHexStringLower(SHA256.HashData(part.Span)) });
            files.Add((file, part));
        }

        return parts;
    }

    private static List<V1ConfigMap> Place(MockServer mock, string revision, List<(string File, ReadOnlyMemory<byte> Bytes)> files)
    {
        var maps = new List<V1ConfigMap>();
        int used = 0;
        foreach ((string file, ReadOnlyMemory<byte> bytes) in files)
        {
            bool isIndex = file == BundleIndex.FileName;
            if (maps.Count == 0 || (!isIndex && used + bytes.Length > PartBytes))
            {
                maps.Add(NewMap(mock, revision, maps.Count));
                used = 0;
            }

            Add(maps[^1], file, bytes);
            used += isIndex ? 0 : bytes.Length;
        }

        return maps;
    }

    private static V1ConfigMap NewMap(MockServer mock, string revision, int number)
    {
        V1ObjectMeta metadata = ChildMetadata.Of(mock, ChildNames.Bundle(mock.Metadata.Name, number));
        metadata.Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [ChildLabels.Revision] = revision };
        return new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = metadata };
    }

    private static void Add(V1ConfigMap map, string file, ReadOnlyMemory<byte> bytes)
    {
        if (Utf8.IsValid(bytes.Span))
        {
            (map.Data ??= new Dictionary<string, string>(StringComparer.Ordinal))[file] = Encoding.UTF8.GetString(bytes.Span);
        }
        else
        {
            (map.BinaryData ??= new Dictionary<string, byte[]>(StringComparer.Ordinal))[file] = bytes.ToArray();
        }
    }
}
