using System.IO.Compression;
using System.Text;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Reads documents that lie in ConfigMaps: joins the pieces and decompresses what starts like gzip, as the operator does.</summary>
internal static class StoredContent
{
    /// <summary>Reads what a reference leads to.</summary>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">A ConfigMap or key is missing, or the content is broken or too large.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(MockCluster cluster, string inNamespace, ContentReference reference, CancellationToken cancellationToken)
    {
        var joined = new MemoryStream();
        IEnumerable<ConfigMapKeyReference> pieces = [new ConfigMapKeyReference { Name = reference.Name, Key = reference.Key }, .. reference.Parts ?? []];
        foreach (var piece in pieces)
        {
            var map = await cluster.Api.GetAsync<V1ConfigMap>(new ObjectKey(inNamespace, piece.Name), cancellationToken)
                ?? throw new DocumentException($"The content is in ConfigMap '{piece.Name}' of namespace '{inNamespace}', which is not there.");
            joined.Write(BytesOf(map, piece.Key) ?? throw new DocumentException($"The content is in key '{piece.Key}' of ConfigMap '{piece.Name}', which has no such key."));
            if (joined.Length > ContentReference.LargestContent)
                throw TooLarge(reference);
        }

        var stored = joined.GetBuffer().AsMemory(0, (int)joined.Length);
        return stored.Span is [0x1f, 0x8b, _, ..] ? Expand(stored, reference) : stored;
    }

    private static byte[]? BytesOf(V1ConfigMap map, string key) =>
        map.Data is not null && map.Data.TryGetValue(key, out var text) ? Encoding.UTF8.GetBytes(text)
        : map.BinaryData is not null && map.BinaryData.TryGetValue(key, out var bytes) ? bytes
        : null;

    private static ReadOnlyMemory<byte> Expand(ReadOnlyMemory<byte> stored, ContentReference reference)
    {
        var expanded = new MemoryStream();
        var buffer = new byte[64 * 1024];
        try
        {
            using var gzip = new GZipStream(new MemoryStream(stored.ToArray(), writable: false), CompressionMode.Decompress);
            for (var read = gzip.Read(buffer); read > 0; read = gzip.Read(buffer))
            {
                if (expanded.Length + read > ContentReference.LargestContent)
                    throw TooLarge(reference);
                expanded.Write(buffer, 0, read);
            }
        }
        catch (InvalidDataException broken)
        {
            throw new DocumentException($"The content in ConfigMap '{reference.Name}' starts like gzip but cannot be decompressed: {broken.Message}");
        }

        return expanded.GetBuffer().AsMemory(0, (int)expanded.Length);
    }

    private static DocumentException TooLarge(ContentReference reference) =>
        new($"The content in ConfigMap '{reference.Name}' is larger than {ContentReference.LargestContent / (1024 * 1024)} MiB.");
}
