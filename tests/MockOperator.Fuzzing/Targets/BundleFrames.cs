using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Fuzzing.Targets;

/// <summary>Bundles in the form in which they travel.</summary>
internal static class BundleFrames
{
    /// <summary>A bundle whose every part has the hash that its index names.</summary>
    /// <param name="revision">Its revision.</param>
    /// <param name="tokenHash">Hash of the token of the control port.</param>
    /// <param name="definition"><c>mock.json</c>.</param>
    /// <param name="collection"><c>collection.json</c>; null for none.</param>
    /// <param name="length">The length that the index says, where it is not the true one.</param>
    /// <param name="gzip">Whether the parts are compressed, or are said to be.</param>
    public static (byte[] Index, List<byte[]> Parts) Pack(string revision, string tokenHash, byte[] definition, byte[]? collection = null, long? length = null, bool gzip = false)
    {
        var parts = new List<byte[]>();
        var entries = new List<BundleEntry> { Entry(BundleIndex.DefinitionFile, definition, parts, length: null, gzip: false) };
        if (collection is not null)
        {
            entries.Add(Entry(BundleIndex.CollectionFile, collection, parts, length, gzip));
        }

        return (JsonSerializer.SerializeToUtf8Bytes(new BundleIndex { Revision = revision, ControlTokenHash = tokenHash, Entries = entries }, RuntimeJson.Default.BundleIndex), parts);
    }

    /// <summary>Joins frames.</summary>
    public static byte[] Join(IEnumerable<byte[]> frames)
    {
        using var body = new MemoryStream();
        Span<byte> length = stackalloc byte[BundleTransfer.LengthBytes];
        foreach (byte[] frame in frames)
        {
            BinaryPrimitives.WriteUInt32BigEndian(length, (uint)frame.Length);
            body.Write(length);
            body.Write(frame);
        }

        return body.ToArray();
    }

    /// <summary>Hash of a part or a token.</summary>
    public static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private static BundleEntry Entry(string name, byte[] bytes, List<byte[]> parts, long? length, bool gzip)
    {
        byte[][] pieces = bytes.Length < 2 ? [bytes] : [bytes[..(bytes.Length / 2)], bytes[(bytes.Length / 2)..]];
        parts.AddRange(pieces);
        return new BundleEntry
        {
            Name = name,
            Gzip = gzip,
            Length = length ?? bytes.Length,
            Parts = [.. pieces.Select((piece, index) => new BundlePart { File = $"{name}.{index}", Sha256 = Hash(piece) })],
        };
    }
}
