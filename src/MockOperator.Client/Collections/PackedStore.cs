using System.Buffers;
using System.Text.Json;
using k8s.Models;
using MockOperator.Client.Connections;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>The ConfigMaps of packed documents. They go with the Collection that owns them.</summary>
internal sealed class PackedStore(MockCluster cluster)
{
    /// <summary>Writes the pieces of a document.</summary>
    /// <param name="pieces">The ConfigMaps.</param>
    /// <param name="owner">The Collection, when it is there already.</param>
    /// <param name="written">Remembers what is new.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    public async Task WriteAsync(IReadOnlyList<V1ConfigMap> pieces, Collection? owner, WrittenObjects written, CancellationToken cancellationToken)
    {
        foreach (var piece in pieces)
        {
            if (owner is not null)
                piece.Metadata.OwnerReferences = [ReferenceTo(owner)];
            try
            {
                await written.CreateAsync(piece, cancellationToken);
            }
            catch (ApiException taken) when (taken.Kind == ApiFailure.AlreadyExists)
            {
                // Its name says what is in it: a version has the same document, or an attempt before this one was cut off.
                var there = await cluster.Api.GetAsync<V1ConfigMap>(ObjectKey.Of(piece), cancellationToken);
                if (there is null || !HasSame(there, piece))
                    throw;
            }
        }
    }

    /// <summary>Makes a new Collection the owner of its pieces.</summary>
    public async Task AdoptAsync(IReadOnlyList<V1ConfigMap> pieces, Collection owner, CancellationToken cancellationToken)
    {
        var patch = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(patch))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteStartArray("ownerReferences");
            json.WriteStartObject();
            var reference = ReferenceTo(owner);
            json.WriteString("apiVersion", reference.ApiVersion);
            json.WriteString("kind", reference.Kind);
            json.WriteString("name", reference.Name);
            json.WriteString("uid", reference.Uid);
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        foreach (var piece in pieces)
            await cluster.Api.MergePatchAsync<MetadataOf<V1ConfigMap>>(ObjectKey.Of(piece), patch.WrittenMemory, cancellationToken);
    }

    /// <summary>Whether a Collection owns the ConfigMaps that its content is in, so that they are nobody else's to write.</summary>
    public async Task<bool> OwnsAsync(Collection collection, ContentReference reference, CancellationToken cancellationToken)
    {
        foreach (var name in NamesOf(reference))
        {
            var map = await cluster.Api.GetAsync<MetadataOf<V1ConfigMap>>(new ObjectKey(collection.Metadata.NamespaceProperty, name), cancellationToken);
            if (map is not null && !IsOwned(map.Metadata, collection))
                return false;
        }

        return true;
    }

    /// <summary>Removes the ConfigMaps that a Collection owns and names no more.</summary>
    public async Task SweepAsync(Collection collection, CancellationToken cancellationToken)
    {
        var spec = collection.Spec ?? new CollectionSpec();
        IEnumerable<ContentReference?> references = [spec.ConfigMapKeyRef, .. (spec.Versions ?? []).Select(static version => version.ConfigMapKeyRef)];
        var named = references.OfType<ContentReference>().SelectMany(NamesOf).ToHashSet(StringComparer.Ordinal);
        var query = new ListQuery { Namespace = collection.Metadata.NamespaceProperty, LabelSelector = $"{PackedDocument.CollectionLabel}={collection.Metadata.Name}" };
        if (collection.Metadata.Name.Length > PackedDocument.LongestName)
            return;
        var left = new List<V1ObjectMeta>();
        await foreach (var map in cluster.Api.ListAsync<MetadataOf<V1ConfigMap>>(query, cancellationToken))
        {
            if (IsOwned(map.Metadata, collection) && !named.Contains(map.Metadata.Name))
                left.Add(map.Metadata);
        }

        foreach (var map in left)
            await cluster.Api.DeleteAsync<V1ConfigMap>(new ObjectKey(map.NamespaceProperty, map.Name), new DeletePreconditions(map.Uid), cancellationToken);
    }

    private static IEnumerable<string> NamesOf(ContentReference reference) => [reference.Name, .. (reference.Parts ?? []).Select(static part => part.Name)];

    private static bool IsOwned(V1ObjectMeta metadata, Collection collection) =>
        metadata.OwnerReferences?.Any(owner => owner.Uid == collection.Metadata.Uid) == true;

    private static bool HasSame(V1ConfigMap there, V1ConfigMap piece) =>
        there.BinaryData is { } data && data.TryGetValue(PackedDocument.Key, out var bytes) && bytes.AsSpan().SequenceEqual(piece.BinaryData[PackedDocument.Key]);

    private static V1OwnerReference ReferenceTo(Collection owner) =>
        new() { ApiVersion = ApiGroup.ApiVersion, Kind = Collection.KubeKind, Name = owner.Metadata.Name, Uid = owner.Metadata.Uid };
}
