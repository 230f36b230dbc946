using System.Buffers.Text;
using System.Globalization;
using System.Net;
using System.Text;
using k8s.Models;
using MockOperator.Client.Documents;
using MockOperator.Client.Environments;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Finding;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Mocks;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.Workspaces;

/// <summary>Workspaces, which are the namespaces that the caller can see: list and get.</summary>
internal sealed class WorkspaceOperations(Sight sight, WorkspaceFinder workspaces, References references)
{
    private const int MostOfPage = 100;

    private static readonly string[] Types = ["personal", "private", "team", "public", "partner"];

    public async Task ListAsync(ApiCall call)
    {
        var limit = call.Query("limit") is null ? null : Limit(call);
        var after = call.Query("cursor") is { } cursor ? Read(cursor) : null;
        var namespaces = await AllAsync(call);
        if (after is not null)
            namespaces = [.. namespaces.Where(ns => string.CompareOrdinal(ns.Name, after) > 0)];
        var page = namespaces.Take(limit ?? int.MaxValue).ToList();
        await call.AnswerAsync(
            new WorkspaceList(
                [.. page.Select(Line)],
                limit is null ? null : new WorkspaceList.Bounds(page.Count < namespaces.Count ? Base64Url.EncodeToString(Encoding.UTF8.GetBytes(page[^1].Name)) : null)),
            PostmanJson.Default.WorkspaceList);
    }

    public async Task GetAsync(ApiCall call)
    {
        var missing = new PostmanException(KnownErrors.NoSuchWorkspace);
        var name = await workspaces.FindAsync(call.Caller, call.Segment("workspaceId"), call.Aborted) ?? throw missing;
        var ns = await FindAsync(call.Caller, name, call.Aborted) ?? throw missing;
        var mocks = await MayAsync(() => sight.ListAsync<ListedMock, Named>(
            call.Caller,
            name,
            static mock => Describe(PostmanKind.Mock, ObjectKey.Of(mock), MockReading.Name(mock)) with { Deactivated = MockReading.IsDeactivated(mock) },
            call.Aborted));
        var collections = await MayAsync(() => sight.ListAsync<MetadataOf<Collection>, Named>(
            call.Caller, name, static collection => Describe(PostmanKind.Collection, ObjectKey.Of(collection), DisplayName.Of(collection.Metadata)), call.Aborted));
        var environments = await MayAsync(async () =>
            [.. (await new EnvironmentStore(call.Caller.Cluster).ListAsync(name, call.Aborted)).Select(environment => Describe(PostmanKind.Environment, environment.Key, environment.DisplayName))]);
        await call.AnswerAsync(
            new WorkspaceEnvelope(Line(ns) with
            {
                UpdatedBy = PostmanId.Owner,
                Description = $"The namespace {name} of {call.Caller.Cluster.Server.Authority}.",
                Collections = collections,
                Environments = environments,
                Mocks = mocks,
                Monitors = [],
                Specs = [],
            }),
            PostmanJson.Default.WorkspaceEnvelope);
    }

    private async Task<IReadOnlyList<V1ObjectMeta>> AllAsync(ApiCall call)
    {
        if (call.Query("type") is { } type)
        {
            if (!Types.Contains(type, StringComparer.Ordinal))
                throw new PostmanException(new PostmanError(400, "invalidParamError", "visibilityStatus must be one of personal/private/team/public/partner"));
            if (type != "team")
                return [];
        }

        // Everything has one owner here.
        if (call.Query("createdBy") is { } makers && !makers.Split(',', StringSplitOptions.TrimEntries).Contains(PostmanId.Owner, StringComparer.Ordinal))
            return [];
        var of = await ElementAsync(call);
        if (of is { Known: null })
            return [];
        var (names, areListed) = await sight.NamespacesAsync(call.Caller, call.Aborted);
        var all = new List<V1ObjectMeta>();
        if (areListed)
        {
            await foreach (var ns in call.Caller.Cluster.Api.ListAsync<MetadataOf<V1Namespace>>(new ListQuery(), call.Aborted))
                all.Add(ns.Metadata);
        }
        else
        {
            foreach (var name in names.Take(Sight.MostNamespaces))
            {
                if (await FindAsync(call.Caller, name, call.Aborted) is { } ns)
                    all.Add(ns);
            }
        }

        return [.. all.Where(ns => of is null || ns.Name == of.Value.Known).OrderBy(ns => ns.Name, StringComparer.Ordinal)];
    }

    /// <summary>The namespace of the element that is asked for; null when none is, with null in it when there is no such element.</summary>
    private async Task<(string? Known, bool)?> ElementAsync(ApiCall call)
    {
        if (call.Query("elementType") is not { } type)
            return null;
        if (call.Query("elementId") is not { } id)
            throw new PostmanException(new PostmanError(400, "badRequest", "elementId is required when elementType is provided"));
        return type switch
        {
            "collection" => ((await references.CollectionAsync(call, id))?.Namespace, true),
            "specification" => (null, true),
            _ => throw new PostmanException(new PostmanError(400, "badRequest", "elementType must be one of: collection, specification")),
        };
    }

    /// <summary>A namespace that the caller can see: itself, or mocks in it.</summary>
    private static async Task<V1ObjectMeta?> FindAsync(Caller caller, string name, CancellationToken cancellationToken)
    {
        try
        {
            return (await caller.Cluster.Api.GetAsync<MetadataOf<V1Namespace>>(new ObjectKey("", name), cancellationToken))?.Metadata;
        }
        catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
        {
            try
            {
                await caller.Cluster.Api.ListPageAsync<MetadataOf<MockServer>>(new ListQuery { Namespace = name, Limit = 1 }, cancellationToken);
                return new V1ObjectMeta { Name = name };
            }
            catch (ApiException other) when (other.Code == HttpStatusCode.Forbidden)
            {
                return null;
            }
        }
    }

    // What the caller may not list of a namespace is no part of what they see.
    private static async Task<IReadOnlyList<Named>> MayAsync(Func<Task<IReadOnlyList<Named>>> list)
    {
        try
        {
            return await list();
        }
        catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
        {
            return [];
        }
    }

    private static int? Limit(ApiCall call) =>
        int.TryParse(call.Query("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MostOfPage
            ? limit
            : throw new PostmanException(new PostmanError(400, "badRequestError", $"The limit parameter must not exceed {MostOfPage}."));

    private static string Read(string cursor) =>
        cursor.Length <= 1024 && Base64Url.IsValid(cursor) ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(cursor)) : throw new PostmanException(KnownErrors.InvalidCursor);

    private static Named Describe(PostmanKind kind, ObjectKey key, string name)
    {
        var id = PostmanId.Of(kind, key);
        return new Named { Id = id, Name = name, Uid = PostmanId.Uid(id) };
    }

    private static WorkspaceAnswer Line(V1ObjectMeta ns) => new()
    {
        Id = PostmanId.OfWorkspace(ns.Name),
        Name = DisplayName.Of(ns),
        CreatedBy = PostmanId.Owner,
        About = $"Kubernetes namespace {ns.Name}",
        CreatedAt = Timestamp.Created(ns),
        UpdatedAt = Timestamp.Updated(ns),
    };
}
