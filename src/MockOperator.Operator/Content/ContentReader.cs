using System.Globalization;
using System.IO.Compression;
using System.Text;
using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Operator.Content;

/// <summary>
/// Follows a <see cref="ContentReference"/>: reads its parts, joins them, and decompresses what starts like gzip. Never more than
/// <see cref="ContentReference.LargestContent"/> is kept, however small the compressed bytes were.
/// </summary>
public sealed class ContentReader(IConfigMapReader configMaps)
{
    /// <summary>Reads what a reference leads to.</summary>
    /// <param name="ns">The namespace of the object that refers.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="cancellation">Ends the reading.</param>
    public async Task<ReferencedContent> ReadAsync(string ns, ContentReference reference, CancellationToken cancellation)
    {
        ReferencedContent stored = await ReadStoredAsync(ns, reference, cancellation);
        return stored.IsUnresolved(out _) ? stored : Expand(stored.Bytes, reference);
    }

    /// <summary>Reads what a reference leads to as it is stored: joined, and not decompressed.</summary>
    /// <inheritdoc cref="ReadAsync(string, ContentReference, CancellationToken)"/>
    public async Task<ReferencedContent> ReadStoredAsync(string ns, ContentReference reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ReferencedContent first = await ReadKeyAsync(ns, new ConfigMapKeyReference { Name = reference.Name, Key = reference.Key }, cancellation);
        if (first.IsUnresolved(out _) || reference.Parts is not { Count: > 0 } parts)
        {
            return first;
        }

        var joined = new MemoryStream();
        joined.Write(first.Bytes.Span);
        foreach (ConfigMapKeyReference part in parts)
        {
            ReferencedContent next = await ReadKeyAsync(ns, part, cancellation);
            if (next.IsUnresolved(out _))
            {
                return next;
            }

            joined.Write(next.Bytes.Span);
        }

        return ReferencedContent.Found(joined.GetBuffer().AsMemory(0, (int)joined.Length));
    }

    /// <summary>Decompresses what starts like gzip.</summary>
    /// <param name="stored">The bytes, joined.</param>
    /// <param name="reference">Where they come from, for messages; null for inline content.</param>
    public static ReferencedContent Expand(ReadOnlyMemory<byte> stored, ContentReference? reference) =>
        Expand(stored, reference is null ? "the inline content" : Place(reference.Name, reference.Key));

    /// <summary>Whether bytes start like gzip.</summary>
    public static bool IsCompressed(ReadOnlySpan<byte> stored) => stored.Length > 2 && stored[0] == 0x1f && stored[1] == 0x8b;

    /// <summary>Reads one key, decompressed.</summary>
    public async Task<ReferencedContent> ReadAsync(string ns, ConfigMapKeyReference reference, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ReferencedContent raw = await ReadKeyAsync(ns, reference, cancellation);
        return raw.IsUnresolved(out _) ? raw : Expand(raw.Bytes, Place(reference.Name, reference.Key));
    }

    private async Task<ReferencedContent> ReadKeyAsync(string ns, ConfigMapKeyReference reference, CancellationToken cancellation)
    {
        V1ConfigMap? map = await configMaps.ReadAsync(ns, reference.Name, cancellation);
        if (map is null)
        {
            return ReferencedContent.Lost("ConfigMapNotFound", $"there is no ConfigMap '{reference.Name}' in namespace '{ns}'");
        }

        if (map.Data is not null && map.Data.TryGetValue(reference.Key, out string? text))
        {
            return ReferencedContent.Found(Encoding.UTF8.GetBytes(text));
        }

        if (map.BinaryData is not null && map.BinaryData.TryGetValue(reference.Key, out byte[]? bytes))
        {
            return ReferencedContent.Found(bytes);
        }

        IEnumerable<string> keys = (map.Data?.Keys ?? []).Concat(map.BinaryData?.Keys ?? []).Order(StringComparer.Ordinal).Take(10);
        string known = string.Join(", ", keys.Select(static key => $"'{key}'"));
        return ReferencedContent.Lost(
            "KeyNotFound",
            $"the ConfigMap '{reference.Name}' has no key '{reference.Key}'" + (known.Length == 0 ? ": it is empty" : $"; it has {known}"));
    }

    private static ReferencedContent Expand(ReadOnlyMemory<byte> bytes, string place)
    {
        if (!IsCompressed(bytes.Span))
        {
            return bytes.Length <= ContentReference.LargestContent ? ReferencedContent.Found(bytes) : TooLarge(place);
        }

        var expanded = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(bytes.ToArray(), writable: false), CompressionMode.Decompress);
            for (int read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
            {
                if (expanded.Length + read > ContentReference.LargestContent)
                {
                    return TooLarge(place);
                }

                expanded.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException error)
        {
            return ReferencedContent.Lost("ContentCorrupt", $"{place} starts like gzip but cannot be decompressed: {error.Message} If the content has several parts, name all of them, in order, under parts.");
        }

        return ReferencedContent.Found(expanded.GetBuffer().AsMemory(0, (int)expanded.Length));
    }

    private static ReferencedContent TooLarge(string place) => ReferencedContent.Lost(
        "ContentTooLarge",
        string.Create(CultureInfo.InvariantCulture, $"{place} is larger than {ContentReference.LargestContent / (1024 * 1024)} MiB when decompressed"));

    private static string Place(string name, string key) => $"key '{key}' of ConfigMap '{name}'";
}
