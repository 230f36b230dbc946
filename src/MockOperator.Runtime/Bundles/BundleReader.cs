using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Runtime.Bundles;

/// <summary>
/// Reads a bundle, mounted or pushed. What is in it is not trusted: sizes are bounded before memory is taken, a file name never
/// leads out of the directory, and a part counts only with the hash that the index names.
/// </summary>
internal static class BundleReader
{
    /// <summary>Most bytes of an entry once decompressed: 64 MiB, against 25 MB that are promised.</summary>
    public const long MaxEntryBytes = 64L * 1024 * 1024;

    /// <summary>Most bytes of one file, which is more than a ConfigMap can hold.</summary>
    public const long MaxFileBytes = 2L * 1024 * 1024;

    /// <summary>Most parts of an entry.</summary>
    public const int MaxParts = 64;
    private const int SupportedFormat = 1;

    /// <summary>Reads a bundle whole.</summary>
    public static BundleReading Read(IBundleFiles files)
    {
        BundleIndex? index = null;
        try
        {
            if (!files.TryRead(BundleIndex.FileName, out byte[]? indexBytes, out string? missing))
            {
                return new BundleReading.Incomplete(null, missing);
            }

            index = ParseIndex(indexBytes);
            if (index is null || index.FormatVersion != SupportedFormat)
            {
                return new BundleReading.Broken(index, $"index.json has format {index?.FormatVersion ?? 0}; this runtime reads format {SupportedFormat}. Use the runtime image that belongs to the operator.");
            }

            return ReadEntries(files, index);
        }
        catch (JsonException broken)
        {
            return new BundleReading.Broken(index, $"{(index is null ? BundleIndex.FileName : BundleIndex.DefinitionFile)} is not what it should be: {broken.Message}");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return new BundleReading.Incomplete(index, $"The bundle cannot be read: {fault.Message}");
        }
    }

    /// <summary>Reads no more than which revision the files are of; null when that cannot be told.</summary>
    public static string? ReadRevision(IBundleFiles files)
    {
        try
        {
            return files.TryRead(BundleIndex.FileName, out byte[]? bytes, out _) ? ParseIndex(bytes)?.Revision : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Parses <c>index.json</c>; null when it says <c>null</c>.</summary>
    /// <exception cref="JsonException">It is no index.</exception>
    public static BundleIndex? ParseIndex(ReadOnlySpan<byte> utf8) => JsonSerializer.Deserialize(utf8, RuntimeJson.Default.BundleIndex);

    private static BundleReading ReadEntries(IBundleFiles files, BundleIndex index)
    {
        MockDefinition? definition = null;
        ReadOnlyMemory<byte>? collection = null;
        foreach (BundleEntry entry in index.Entries ?? [])
        {
            if (entry?.Name is not (BundleIndex.DefinitionFile or BundleIndex.CollectionFile))
            {
                continue;
            }

            if (Check(entry) is { } wrong)
            {
                return new BundleReading.Broken(index, wrong);
            }

            byte[]? bytes = ReadEntry(files, entry, out string? missing);
            if (missing is not null)
            {
                return new BundleReading.Incomplete(index, missing);
            }

            if (bytes is null)
            {
                return new BundleReading.Broken(index, $"{entry.Name} does not have the {entry.Length.ToString(CultureInfo.InvariantCulture)} bytes that index.json promises.");
            }

            if (entry.Name == BundleIndex.DefinitionFile)
            {
                definition = JsonSerializer.Deserialize(bytes, RuntimeJson.Default.MockDefinition);
            }
            else
            {
                collection = bytes;
            }
        }

        return definition is null || string.IsNullOrEmpty(definition.Name)
            ? new BundleReading.Broken(index, $"The bundle has no {BundleIndex.DefinitionFile}, or it has no name.")
            : new BundleReading.Complete(new Bundle(index, definition, collection));
    }

    private static string? Check(BundleEntry entry)
    {
        if (entry.Length is < 0 or > MaxEntryBytes)
        {
            return $"{entry.Name} is {entry.Length.ToString(CultureInfo.InvariantCulture)} bytes long; at most {MaxEntryBytes.ToString(CultureInfo.InvariantCulture)} can be served.";
        }

        return entry.Parts?.Count is null or 0 or > MaxParts ? $"{entry.Name} has {entry.Parts?.Count ?? 0} parts; 1 to {MaxParts} are allowed." : null;
    }

    /// <summary>Reads exactly the announced size: a compression bomb is given up at the first byte too many.</summary>
    /// <returns>Null when the entry has another size, or is no gzip, or <paramref name="missing"/> says more.</returns>
    private static byte[]? ReadEntry(IBundleFiles files, BundleEntry entry, out string? missing)
    {
        using var parts = new PartStream(files, entry);
        byte[]? bytes = null;
        try
        {
            using Stream content = entry.Gzip ? new GZipStream(parts, CompressionMode.Decompress, leaveOpen: true) : parts;
            byte[] result = new byte[entry.Length];
            bytes = content.ReadAtLeast(result, result.Length, throwOnEndOfStream: false) == result.Length && content.ReadByte() < 0 ? result : null;
        }
        catch (InvalidDataException)
        {
            // Cut short by a part that is missing, or no gzip at all.
        }

        // Parts are checked to the last, so that one that is still on its way is waited for rather than called broken.
        parts.CheckRest();
        missing = parts.Problem;
        return missing is null ? bytes : null;
    }
}
