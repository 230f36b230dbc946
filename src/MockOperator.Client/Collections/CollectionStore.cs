using System.Text;
using System.Text.Json;
using MockOperator.Client.Connections;
using MockOperator.Client.Documents;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Collections in a cluster: stored, read again as Postman reads them, tagged, and given examples.</summary>
/// <remarks>
/// A document of at most <see cref="LargestInline"/> is a field of its Collection, unless the API server would change what it says; a larger one is compressed into ConfigMaps that the Collection owns
/// and that are named by what is in them. They are written before the Collection that names them, and what is no longer named goes last: what is served is whole after every write.
/// </remarks>
public sealed class CollectionStore(MockCluster cluster)
{
    /// <summary>Largest document that is kept in the Collection itself, in bytes.</summary>
    public const int LargestInline = 256 * 1024;

    private readonly PackedStore _pieces = new(cluster);

    /// <summary>Stores a new collection.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">The name is taken (<see cref="ApiFailure.AlreadyExists"/>), the server refused, or it cannot be reached; what had been written for it is removed again.</exception>
    /// <exception cref="DocumentException">It is too large even when compressed.</exception>
    public Task<Collection> CreateAsync(ObjectKey key, CollectionDocument document, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        var collection = NewCollection.Of(key, document);
        var written = new WrittenObjects(cluster, dryRun);
        return written.AllOrNothingAsync(() => CreateAsync(collection, written, cancellationToken));
    }

    /// <summary>Stores a collection as a part of something larger.</summary>
    internal async Task<Collection> CreateAsync(NewCollection collection, WrittenObjects written, CancellationToken cancellationToken)
    {
        await _pieces.WriteAsync(collection.Pieces, null, written, cancellationToken);
        var created = await written.CreateAsync(collection.Object, cancellationToken);
        if (!written.IsDryRun)
            await _pieces.AdoptAsync(collection.Pieces, created, cancellationToken);
        return created;
    }

    /// <summary>Replaces the current content of a collection; its versions, labels and annotations stay, but the name for people follows the document's.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="document">The export.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">There is none (<see cref="ApiFailure.NotFound"/>), it changed meanwhile (<see cref="ApiFailure.Conflict"/>), the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">It is too large even when compressed.</exception>
    public Task<Collection> ReplaceAsync(ObjectKey key, CollectionDocument document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        return ReplaceInnerAsync();

        async Task<Collection> ReplaceInnerAsync() =>
            await WriteAsync(await FindAsync(key, cancellationToken), document.Bytes, document.Name, dryRun: false, cancellationToken);
    }

    /// <summary>Reads the content of a collection as a Postman export, v2.1. One that was written as examples becomes one; a document that Postman exported says what it said,
    /// and one that is in ConfigMaps is returned byte for byte.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="version">A tag; null for the current content.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The document in UTF-8; null when there is no such collection.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">There is no such version, or a ConfigMap that it names is missing or broken; the message names it.</exception>
    public Task<ReadOnlyMemory<byte>?> ExportAsync(ObjectKey key, string? version = null, CancellationToken cancellationToken = default)
    {
        return ReadInnerAsync();

        async Task<ReadOnlyMemory<byte>?> ReadInnerAsync()
        {
            if (await cluster.Api.GetAsync<Collection>(key, cancellationToken) is not { } collection)
                return null;
            var source = SourceOf(collection, version);
            return source switch
            {
                { Postman: { } document } => PostmanForm.Of(document),
                { Examples: { } examples } => PostmanForm.Of(DisplayName.Of(collection.Metadata), examples),
                { ConfigMapKeyRef: { } reference } => await StoredContent.ReadAsync(cluster, key.Namespace, reference, cancellationToken),
                _ => throw new DocumentException($"Collection '{key.Name}' has no content: none of postman, examples and configMapKeyRef."),
            };
        }
    }

    /// <summary>Freezes the current content as a version.</summary>
    /// <param name="key">The collection.</param>
    /// <param name="tag">Name of the version; not <see cref="CollectionSpec.CurrentVersion"/>.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The Collection as the server has it.</returns>
    /// <exception cref="ApiException">There is no such collection, it changed meanwhile, the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">The tag exists or is none; the message says what may be.</exception>
    public Task<Collection> TagAsync(ObjectKey key, string tag, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(tag);
        return TagInnerAsync();

        async Task<Collection> TagInnerAsync()
        {
            var collection = await FindAsync(key, cancellationToken);
            CollectionVersions.Check(collection, tag);
            var written = new WrittenObjects(cluster, dryRun: false);
            return await written.AllOrNothingAsync(async () =>
            {
                var frozen = await FreezeAsync(collection, tag, written, cancellationToken);
                var patch = new JsonPatch(collection.Metadata.ResourceVersion);
                if (collection.Spec?.Versions is null)
                    patch.Add("/spec/versions", json => JsonSerializer.Serialize(json, [frozen], ResourceJson.Default.IReadOnlyListCollectionVersion));
                else
                    patch.Add("/spec/versions/-", json => JsonSerializer.Serialize(json, frozen, ResourceJson.Default.CollectionVersion));
                return await PatchAsync(collection, patch, dryRun: false, cancellationToken);
            });
        }
    }

    /// <summary>Adds an example to the current content, whatever form that has.</summary>
    /// <param name="key">The collection.</param>
    /// <param name="example">The example. Its name must be new.</param>
    /// <param name="dryRun">Whether the server only judges.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The content before and after, as text of which each example is a piece of lines, for a diff.</returns>
    /// <exception cref="ApiException">There is no such collection, it changed meanwhile, the server refused or cannot be reached.</exception>
    /// <exception cref="DocumentException">An example of that name exists, or the content is in a ConfigMap that something else owns; the message says what to do.</exception>
    public Task<CollectionChange> AddExampleAsync(ObjectKey key, ExampleSpec example, bool dryRun = false, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(example);
        return AddInnerAsync();

        async Task<CollectionChange> AddInnerAsync()
        {
            var collection = await FindAsync(key, cancellationToken);
            SpecCheck.Throw(CollectionRules.Check(new CollectionSpec { Examples = [example] }), "examples[0]", "example");
            return collection.Spec switch
            {
                { Examples: { } examples } => await AppendAsync(collection, examples, example, dryRun, cancellationToken),
                { Postman: { } document } => await InsertAsync(collection, Encoding.UTF8.GetBytes(document.GetRawText()), example, dryRun, cancellationToken),
                { ConfigMapKeyRef: { } reference } when await _pieces.OwnsAsync(collection, reference, cancellationToken) =>
                    await InsertAsync(collection, await StoredContent.ReadAsync(cluster, key.Namespace, reference, cancellationToken), example, dryRun, cancellationToken),
                { ConfigMapKeyRef: { } reference } => throw new DocumentException(
                    $"The content of Collection '{key.Name}' is in ConfigMap '{reference.Name}', which something else keeps. Add the example where that ConfigMap comes from."),
                _ => throw new DocumentException($"Collection '{key.Name}' has no content: none of postman, examples and configMapKeyRef."),
            };
        }
    }

    /// <summary>Deletes a collection and the ConfigMaps that it owns.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Whether there was one.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<bool> DeleteAsync(ObjectKey key, CancellationToken cancellationToken = default) => cluster.Api.DeleteAsync<Collection>(key, null, cancellationToken);

    private static ICollectionSource SourceOf(Collection collection, string? version)
    {
        var spec = collection.Spec ?? new CollectionSpec();
        if (version is null or CollectionSpec.CurrentVersion)
            return spec;
        var known = spec.Versions ?? [];
        return known.FirstOrDefault(one => one.Tag == version) ?? throw new DocumentException(
            $"Collection '{collection.Metadata.Name}' has no version '{version}'. It has {string.Join(", ", known.Select(static one => one.Tag).Prepend(CollectionSpec.CurrentVersion))}.");
    }

    private async Task<Collection> FindAsync(ObjectKey key, CancellationToken cancellationToken) =>
        await cluster.Api.GetAsync<Collection>(key, cancellationToken) ?? throw Refusals.NotFound<Collection>(key);

    private async Task<CollectionChange> AppendAsync(
        Collection collection, IReadOnlyList<ExampleSpec> examples, ExampleSpec example, bool dryRun, CancellationToken cancellationToken)
    {
        if (examples.Any(one => one.Name == example.Name))
            throw new DocumentException($"The collection has an example '{example.Name}' already. Choose another name.");
        var patch = new JsonPatch(collection.Metadata.ResourceVersion).Add("/spec/examples/-", json => JsonSerializer.Serialize(json, example, ResourceJson.Default.ExampleSpec));
        var patched = await PatchAsync(collection, patch, dryRun, cancellationToken);
        return new CollectionChange(ContentText.Of(examples), ContentText.Of([.. examples, example]), patched);
    }

    private async Task<CollectionChange> InsertAsync(
        Collection collection, ReadOnlyMemory<byte> document, ExampleSpec example, bool dryRun, CancellationToken cancellationToken)
    {
        var changed = ExampleInsertion.Add(document.Span, example);
        var patched = await WriteAsync(collection, changed, null, dryRun, cancellationToken);
        return new CollectionChange(ContentText.Of(document), ContentText.Of(changed), patched);
    }

    /// <summary>Writes another current content. The old stays whole until the Collection names the new.</summary>
    private async Task<Collection> WriteAsync(Collection collection, ReadOnlyMemory<byte> document, string? name, bool dryRun, CancellationToken cancellationToken)
    {
        var spec = collection.Spec ?? new CollectionSpec();
        var (pieces, source) = NewCollection.Content(ObjectKey.Of(collection), document);
        var patch = new JsonPatch(collection.Metadata.ResourceVersion);
        if (spec.Examples is not null)
            patch.Remove("/spec/examples");
        if (spec.Postman is not null && source.Postman is null)
            patch.Remove("/spec/postman");
        if (spec.ConfigMapKeyRef is not null && source.ConfigMapKeyRef is null)
            patch.Remove("/spec/configMapKeyRef");
        if (source.Postman is { } field)
            patch.Add("/spec/postman", field.WriteTo);
        if (source.ConfigMapKeyRef is { } reference)
            patch.Add("/spec/configMapKeyRef", json => JsonSerializer.Serialize(json, reference, ResourceJson.Default.ContentReference));
        if (name is not null && DisplayName.Fit(name) is { Length: > 0 } fit)
        {
            if (collection.Metadata.Annotations is null)
                patch.Add("/metadata/annotations", static json => { json.WriteStartObject(); json.WriteEndObject(); });
            patch.Add($"/metadata/annotations/{DisplayName.Annotation.Replace("/", "~1", StringComparison.Ordinal)}", json => json.WriteStringValue(fit));
        }

        var written = new WrittenObjects(cluster, dryRun);
        var patched = await written.AllOrNothingAsync(async () =>
        {
            await _pieces.WriteAsync(pieces, collection, written, cancellationToken);
            return await PatchAsync(collection, patch, dryRun, cancellationToken);
        });
        if (!dryRun && spec.ConfigMapKeyRef is not null)
            await _pieces.SweepAsync(patched, cancellationToken);
        return patched;
    }

    private async Task<CollectionVersion> FreezeAsync(Collection collection, string tag, WrittenObjects written, CancellationToken cancellationToken)
    {
        var spec = collection.Spec ?? new CollectionSpec();
        var key = ObjectKey.Of(collection);
        ReadOnlyMemory<byte> document;
        if (spec.ConfigMapKeyRef is { } reference)
        {
            document = await StoredContent.ReadAsync(cluster, key.Namespace, reference, cancellationToken);
        }
        else if (CollectionVersions.HaveRoomFor(spec))
        {
            return new CollectionVersion { Tag = tag, Postman = spec.Postman, Examples = spec.Examples };
        }
        else
        {
            document = spec.Postman is { } field ? Encoding.UTF8.GetBytes(field.GetRawText()) : PostmanForm.Of(DisplayName.Of(collection.Metadata), spec.Examples ?? []);
        }

        // Named by its content, so a document that this Collection has packed already is found there, and not written twice.
        var packed = NewCollection.Pack(key, document);
        await _pieces.WriteAsync(packed.ConfigMaps(key.Namespace, key.Name), collection, written, cancellationToken);
        return new CollectionVersion { Tag = tag, ConfigMapKeyRef = packed.Reference(packed.OwnPrefix(key.Name)) };
    }

    private Task<Collection> PatchAsync(Collection collection, JsonPatch patch, bool dryRun, CancellationToken cancellationToken) =>
        Refusals.TellConflictAsync(collection, () => cluster.Api.JsonPatchAsync<Collection>(ObjectKey.Of(collection), patch.ToUtf8(), dryRun, cancellationToken));
}
