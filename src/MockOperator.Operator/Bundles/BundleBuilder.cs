using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Operator.Bundles;

/// <summary>
/// Packs a mock's definition and collection into files that ConfigMaps can hold: compressed and split where needed, each part with its hash. The same input gives the same
/// bytes, so that a restart of the operator writes nothing. A compressed part has its hash in its name: parts of two revisions never meet under one name.
/// </summary>
public static class BundleBuilder
{
    /// <summary>Entries are compressed when together they are larger than this: below it, people can read the ConfigMap.</summary>
    public const int CompressAbove = 256 * 1024;

    /// <summary>Most bytes of parts in one ConfigMap: the API server's limit is 1 MiB, and 900 KiB leave room for the index.</summary>
    public const int PartBytes = 900 * 1024;

    /// <summary>Number of hex digits of a revision.</summary>
    public const int RevisionLength = 16;

    /// <summary>Builds the bundle of a mock.</summary>
    /// <param name="definition">What the runtime must know besides the collection.</param>
    /// <param name="collection">The Postman document as the user gave it, or null when the definition embeds native examples.</param>
    /// <param name="controlTokenHash">Lower-case hex SHA-256 of the token of the control port.</param>
    public static Bundle Build(MockDefinition definition, BundleDocument? collection, string controlTokenHash)
    {
        var entries = new List<(string Name, BundleDocument Document)>
        {
            (BundleIndex.DefinitionFile, BundleDocument.Of(JsonSerializer.SerializeToUtf8Bytes(definition, RuntimeJson.Default.MockDefinition))),
        };
        if (collection is not null)
        {
            entries.Add((BundleIndex.CollectionFile, collection));
        }

        long length = entries.Sum(static entry => (long)entry.Document.Length);
        bool gzip = length > CompressAbove;
        string revision = RevisionOf(entries, controlTokenHash);
        var packed = new List<BundleEntry>(entries.Count);
        var files = new List<BundleFile>();
        foreach ((string name, BundleDocument document) in entries)
        {
            IReadOnlyList<BundlePart> parts = Split(name, gzip, document.Stored(gzip), files);
            packed.Add(new BundleEntry { Name = name, Gzip = gzip, Length = document.Length, Parts = parts });
        }

        var index = new BundleIndex { Revision = revision, ControlTokenHash = controlTokenHash, Entries = packed };
        files.Insert(0, new BundleFile(BundleIndex.FileName, JsonSerializer.SerializeToUtf8Bytes(index, RuntimeJson.Default.BundleIndex)));
        return new Bundle(revision, Group(files), length);
    }

    private static string RevisionOf(List<(string Name, BundleDocument Document)> entries, string controlTokenHash)
    {
        // The token's hash is part of it, because pods are told of new files only when the revision moves.
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(controlTokenHash));
        foreach ((string name, BundleDocument document) in entries)
        {
            hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"\n{name} {document.Length}\n")));
            hash.AppendData(document.Digest.Span);
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..RevisionLength];
    }

    private static List<BundlePart> Split(string name, bool gzip, ReadOnlyMemory<byte> stored, List<BundleFile> files)
    {
        var parts = new List<BundlePart>();
        int count = Math.Max(1, (stored.Length + PartBytes - 1) / PartBytes);
        for (int number = 0; number < count; number++)
        {
            ReadOnlyMemory<byte> part = stored.Slice(number * PartBytes, Math.Min(PartBytes, stored.Length - (number * PartBytes)));
            string hash = Convert.ToHexStringLower(SHA256.HashData(part.Span));
            string file = gzip ? string.Create(CultureInfo.InvariantCulture, $"{name}.gz.{number:000}.{hash.AsSpan(0, RevisionLength)}") : name;
            parts.Add(new BundlePart { File = file, Sha256 = hash });
            files.Add(new BundleFile(file, part));
        }

        return parts;
    }

    private static List<BundleGroup> Group(List<BundleFile> files)
    {
        var groups = new List<List<BundleFile>> { new() { files[0] } };
        int used = 0;
        foreach (BundleFile file in files.Skip(1))
        {
            if (used + file.Bytes.Length > PartBytes)
            {
                groups.Add([]);
                used = 0;
            }

            groups[^1].Add(file);
            used += file.Bytes.Length;
        }

        return [.. groups.Select(static group => new BundleGroup(group))];
    }
}
