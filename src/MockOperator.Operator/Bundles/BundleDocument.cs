using System.IO.Compression;
using System.Security.Cryptography;

namespace MockOperator.Operator.Bundles;

/// <summary>
/// A collection as it goes into bundles: hashed and, if it is large, compressed once, for any number of mocks that serve it. Keeps what is stored and no more.
/// </summary>
public sealed class BundleDocument
{
    private readonly ReadOnlyMemory<byte> _kept;
    private readonly bool _isCompressed;

    private BundleDocument(ReadOnlyMemory<byte> kept, bool isCompressed, int length, byte[] digest)
    {
        _kept = kept;
        _isCompressed = isCompressed;
        Length = length;
        Digest = digest;
    }

    /// <summary>Size in bytes, not compressed.</summary>
    public int Length { get; }

    /// <summary>SHA-256 of the document.</summary>
    public ReadOnlyMemory<byte> Digest { get; }

    /// <summary>Bytes that this holds in memory.</summary>
    public int KeptBytes => _kept.Length;

    /// <summary>Takes over a document.</summary>
    /// <param name="bytes">The document; not changed by anybody any more.</param>
    public static BundleDocument Of(ReadOnlyMemory<byte> bytes)
    {
        bool isCompressed = bytes.Length > BundleBuilder.CompressAbove;
        return new BundleDocument(isCompressed ? Compress(bytes) : bytes, isCompressed, bytes.Length, SHA256.HashData(bytes.Span));
    }

    /// <summary>The bytes to store. A document that is compressed by itself is compressed in every bundle, since a bundle is larger than what is in it.</summary>
    /// <param name="gzip">Whether the bundle is compressed.</param>
    public ReadOnlyMemory<byte> Stored(bool gzip) => gzip && !_isCompressed ? Compress(_kept) : _kept;

    private static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> bytes)
    {
        using var buffer = new MemoryStream(bytes.Length / 4);
        using (var gzip = new GZipStream(buffer, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(bytes.Span);
        }

        return buffer.ToArray();
    }
}
