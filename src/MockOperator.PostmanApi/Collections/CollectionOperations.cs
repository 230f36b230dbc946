using System.Text.Json;
using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Naming;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Collections;

/// <summary>Collections: list, get, create, replace, patch, delete.</summary>
internal sealed class CollectionOperations(Sight sight, WorkspaceFinder workspaces, References references)
{
    /// <summary>Most bytes of a collection's body.</summary>
    public const long Largest = 100L * 1024 * 1024;

    private const int MostOfPage = 10_000;

    public async Task ListAsync(ApiCall call)
    {
        string? ns = null;
        if (call.Workspace is { } workspace && (ns = await workspaces.FindAsync(call.Caller, workspace, call.Aborted)) is null)
        {
            await call.AnswerAsync(new CollectionList([], new CollectionList.Part(0, 0, 0)), PostmanJson.Default.CollectionList);
            return;
        }

        var offset = call.Number("offset", 0, int.MaxValue) ?? 0;
        var limit = call.Number("limit", 1, MostOfPage);
        var lines = await sight.ListAsync<MetadataOf<Collection>, (ObjectKey Key, CollectionLine Line)>(
            call.Caller, ns, static collection => (ObjectKey.Of(collection), Line(collection)), call.Aborted);
        var named = call.Query("name") is { } name ? [.. lines.Where(line => line.Line.Name == name)] : lines;
        var page = named.OrderBy(line => line.Key.Namespace, StringComparer.Ordinal).ThenBy(line => line.Key.Name, StringComparer.Ordinal).Skip(offset).Take(limit ?? int.MaxValue).ToList();
        foreach (var (key, line) in page)
            sight.Remember(call.Caller, line.Id, key);
        await call.AnswerAsync(
            new CollectionList([.. page.Select(line => line.Line)], new CollectionList.Part(named.Count, offset, limit ?? named.Count)), PostmanJson.Default.CollectionList);
    }

    public async Task GetAsync(ApiCall call)
    {
        var missing = KnownErrors.NoSuchCollection(call.Segment("collectionId"), 400);
        var isMinimal = call.Query("model") == "minimal";
        var key = await FindAsync(call, missing);
        if (await call.Caller.Cluster.Api.GetAsync<MetadataOf<Collection>>(key, call.Aborted) is not { } kept
            || await new CollectionStore(call.Caller.Cluster).ExportAsync(key, cancellationToken: call.Aborted) is not { } stored)
            throw new PostmanException(missing);
        WrappedDocument document;
        try
        {
            document = WrappedDocument.FromStore(stored);
        }
        catch (JsonException e)
        {
            throw new DocumentException($"What is stored is no JSON that can be read: {JsonPlace.Where(e)}. The status of the Collection {key} says more.");
        }

        var id = PostmanId.Of(PostmanKind.Collection, key);
        if (isMinimal)
            await call.AnswerAsync([CollectionContent.Minimal(document, key, id, kept.Metadata)]);
        else
            await call.AnswerAsync(CollectionContent.Whole(document, key, id, kept.Metadata));
    }

    public async Task CreateAsync(ApiCall call)
    {
        var ns = await workspaces.ForNewAsync(call.Caller, call.Workspace, call.Aborted);
        using var body = await call.ReadBodyAsync(Largest, () => ProveAsync(call, ns));
        var document = CollectionDocument.Read(WrappedDocument.FromRequest(body.Bytes).Whole);
        var store = new CollectionStore(call.Caller.Cluster);
        var made = await ObjectName.FirstFreeAsync(
            ObjectName.Of(document.Name, "collection"),
            free => store.CreateAsync(new ObjectKey(ns, free), document, cancellationToken: call.Aborted),
            static e => e is ApiException { Kind: ApiFailure.AlreadyExists });
        var key = ObjectKey.Of(made);
        sight.Remember(call.Caller, PostmanId.Of(PostmanKind.Collection, key), key);
        await AnswerAsync(call, key, document.Name);
    }

    public async Task ReplaceAsync(ApiCall call)
    {
        var key = await FindAsync(call, KnownErrors.NoSuchCollection(call.Segment("collectionId"), 404));
        using var body = await call.ReadBodyAsync(Largest, null);
        var document = CollectionDocument.Read(WrappedDocument.FromRequest(body.Bytes).Whole);
        await new CollectionStore(call.Caller.Cluster).ReplaceAsync(key, document, call.Aborted);
        await AnswerAsync(call, key, document.Name);
    }

    public async Task PatchAsync(ApiCall call)
    {
        var missing = KnownErrors.NoSuchCollection(call.Segment("collectionId"), 404);
        var key = await FindAsync(call, missing);
        var patch = CollectionPatch.Read(await call.ReadJsonAsync());
        var store = new CollectionStore(call.Caller.Cluster);
        if (await store.ExportAsync(key, cancellationToken: call.Aborted) is not { } stored)
            throw new PostmanException(missing);
        CollectionDocument document;
        try
        {
            document = CollectionDocument.Read(patch.Apply(WrappedDocument.FromStore(stored).Whole));
        }
        catch (JsonException e)
        {
            throw new DocumentException($"What is stored is no JSON that can be read: {JsonPlace.Where(e)}. Replace it by PUT.");
        }

        await store.ReplaceAsync(key, document, call.Aborted);
        await call.AnswerAsync(
            new NamedCollection(new Named { Id = PostmanId.Of(PostmanKind.Collection, key), Name = document.Name, Description = patch.Description }), PostmanJson.Default.NamedCollection);
    }

    public async Task DeleteAsync(ApiCall call)
    {
        var missing = KnownErrors.NoSuchCollection(call.Segment("collectionId"), 404);
        var key = await FindAsync(call, missing);
        if (!await new CollectionStore(call.Caller.Cluster).DeleteAsync(key, call.Aborted))
            throw new PostmanException(missing);
        var id = PostmanId.Of(PostmanKind.Collection, key);
        await call.AnswerAsync(new NamedCollection(new Named { Id = id, Uid = PostmanId.Uid(id) }), PostmanJson.Default.NamedCollection);
    }

    private async Task<ObjectKey> FindAsync(ApiCall call, PostmanError missing) =>
        await references.CollectionAsync(call, call.Segment("collectionId")) ?? throw new PostmanException(missing);

    /// <summary>Has the API server judge the caller before a large body is kept for them.</summary>
    private static async Task ProveAsync(ApiCall call, string ns) =>
        await call.Caller.Cluster.Api.ListPageAsync<MetadataOf<Collection>>(new ListQuery { Namespace = ns, Limit = 1 }, call.Aborted);

    private static Task AnswerAsync(ApiCall call, ObjectKey key, string name)
    {
        var id = PostmanId.Of(PostmanKind.Collection, key);
        return call.AnswerAsync(
            new NamedCollection(new Named { Id = id, Name = name.Length > 0 ? name : key.Name, Uid = PostmanId.Uid(id) }), PostmanJson.Default.NamedCollection);
    }

    private static CollectionLine Line(MetadataOf<Collection> collection)
    {
        var id = PostmanId.Of(PostmanKind.Collection, ObjectKey.Of(collection));
        return new CollectionLine
        {
            Id = id,
            Name = DisplayName.Of(collection.Metadata),
            Owner = PostmanId.Owner,
            CreatedAt = Timestamp.Created(collection.Metadata),
            UpdatedAt = Timestamp.Updated(collection.Metadata),
            Uid = PostmanId.Uid(id),
            IsPublic = false,
        };
    }
}
