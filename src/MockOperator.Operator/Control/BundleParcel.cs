using System.Buffers.Binary;
using System.Net;
using MockOperator.Resources;

namespace MockOperator.Operator.Control;

/// <summary>A bundle on its way to the pods of a mock, as <see cref="BundleTransfer"/> describes it. Gone when the last pod has it or cannot be given it.</summary>
/// <param name="Revision">Its revision.</param>
/// <param name="Supersedes">The revisions that it replaces, the latest last; at most <see cref="BundleTransfer.MaxSuperseded"/>.</param>
/// <param name="Files">Its files: the index, then the parts in its order.</param>
public sealed record BundleParcel(string Revision, IReadOnlyList<string> Supersedes, IReadOnlyList<ReadOnlyMemory<byte>> Files)
{
    /// <summary>Bytes of the body.</summary>
    public long Length { get; } = Files.Sum(static file => (long)BundleTransfer.LengthBytes + file.Length);

    /// <summary>Path and query of the request.</summary>
    public string PathAndQuery => $"{BundleTransfer.Path}?{BundleTransfer.Supersedes}={Uri.EscapeDataString(string.Join(',', Supersedes))}";

    /// <summary>The body. Nothing is copied: it is written from the files that all pods are given.</summary>
    public HttpContent ToContent() => new Frames(this);

    private sealed class Frames(BundleParcel parcel) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            byte[] length = new byte[BundleTransfer.LengthBytes];
            foreach (ReadOnlyMemory<byte> file in parcel.Files)
            {
                BinaryPrimitives.WriteUInt32BigEndian(length, (uint)file.Length);
                await stream.WriteAsync(length, cancellationToken);
                await stream.WriteAsync(file, cancellationToken);
            }
        }

        protected override bool TryComputeLength(out long length)
        {
            length = parcel.Length;
            return true;
        }
    }
}
