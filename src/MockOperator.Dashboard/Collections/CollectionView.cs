using MockOperator.Client.Collections;
using MockOperator.Client.Documents;
using MockOperator.Client.Ownership;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Collections;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Collections;

/// <summary>A collection: its examples, what was not understood of it, its versions, and the mocks that serve it.</summary>
internal sealed record CollectionView
{
    /// <summary>Examples of a page.</summary>
    public const int PageSize = 100;

    // Reading a document takes several times its size: a page is not worth more.
    private const int LargestShown = 4 * 1024 * 1024;
    private const int MostMocks = 200;

    /// <summary>The collection.</summary>
    public required Collection Collection { get; init; }

    /// <summary>Its name for people.</summary>
    public required string Title { get; init; }

    /// <summary>The version that is shown.</summary>
    public required string Version { get; init; }

    /// <summary>What the operator says of that version; null while it has not read it.</summary>
    public CollectionVersionStatus? Status { get; init; }

    /// <summary>The examples of the page; null when they are not shown.</summary>
    public IReadOnlyList<Example>? Examples { get; init; }

    /// <summary>Why they are not; null when they are.</summary>
    public string? NotShown { get; init; }

    /// <summary>How many examples were read.</summary>
    public required int Count { get; init; }

    /// <summary>The page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>The mocks that serve it, with the version each has; null when they cannot be listed.</summary>
    public IReadOnlyList<(ObjectKey Key, string Title, string Version)>? Mocks { get; init; }

    /// <summary>Who keeps it as a repository says; null when nobody does.</summary>
    public GitOpsOwner? Owner { get; init; }

    /// <summary>Why it cannot be changed here; null when it can.</summary>
    public string? CannotEdit { get; init; }

    /// <summary>Why it cannot be deleted here; null when it can.</summary>
    public string? CannotDelete { get; init; }

    /// <summary>What was typed as a tag that was refused, and why; null for nothing.</summary>
    public (string Tag, string Problem)? Refused { get; init; }

    /// <summary>The token of forms.</summary>
    public required string Token { get; init; }

    /// <summary>The key.</summary>
    public ObjectKey Key => ObjectKey.Of(Collection);

    /// <summary>All versions by name, the current first.</summary>
    public IReadOnlyList<string> Versions => [CollectionSpec.CurrentVersion, .. Collection.Spec?.Versions?.Select(version => version.Tag) ?? []];

    /// <summary>Pages of examples.</summary>
    public int Pages => Math.Max(1, (Count + PageSize - 1) / PageSize);

    /// <summary>Shows it.</summary>
    public static Task ShowAsync(Visit visit) => ShowAsync(visit, null, 200);

    /// <summary>Shows it, perhaps with a tag that was refused.</summary>
    public static async Task ShowAsync(Visit visit, (string Tag, string Problem)? refused, int status)
    {
        var key = visit.Key;
        var (edit, delete) = (Act.EditCollection(key.Namespace), Act.DeleteCollection(key.Namespace));
        var asked = visit.MissingAsync(edit, delete);
        var mocks = MocksAsync(visit, key);
        var collection = await FindAsync(visit);
        var version = visit.Query("version") is { Length: > 0 } tag ? tag : CollectionSpec.CurrentVersion;
        var (examples, notShown) = await ExamplesAsync(visit, key, version);
        var missing = await asked;
        var owner = GitOpsOwner.Of(collection.Metadata);
        var page = Math.Clamp(visit.PageNumber, 1, Math.Max(1, (examples.Count + PageSize - 1) / PageSize));
        var view = new CollectionView
        {
            Collection = collection,
            Title = DisplayName.Of(collection.Metadata),
            Version = version,
            Status = collection.Status?.Versions?.FirstOrDefault(one => one.Tag == version),
            Examples = notShown is null ? [.. examples.Skip((page - 1) * PageSize).Take(PageSize)] : null,
            NotShown = notShown,
            Count = examples.Count,
            Page = page,
            Mocks = await mocks,
            Owner = owner,
            CannotEdit = Kept.Why(owner) ?? (missing.Contains(edit) ? $"You may not edit collections in {key.Namespace}: what is missing is the right {edit}." : null),
            CannotDelete = Kept.Why(owner) ?? (missing.Contains(delete) ? $"You may not delete collections in {key.Namespace}: what is missing is the right {delete}." : null),
            Refused = refused,
            Token = visit.NewToken(),
        };
        await visit.ShowAsync(view.Title, Section.Collections, new Collections_View { Model = view }, status);
    }

    /// <summary>Reads the collection that an address names.</summary>
    public static async Task<Collection> FindAsync(Visit visit) =>
        await visit.Cluster.Api.GetAsync<Collection>(visit.Key, visit.Ends) ?? throw Missing.Of(visit.Key, "collection");

    private static async Task<(IReadOnlyList<Example> Examples, string? NotShown)> ExamplesAsync(Visit visit, ObjectKey key, string version)
    {
        try
        {
            var document = await new CollectionStore(visit.Cluster).ExportAsync(key, version == CollectionSpec.CurrentVersion ? null : version, visit.Ends);
            if (document is not { } bytes)
                return ([], "The collection is not there any more.");
            if (bytes.Length > LargestShown)
                return ([], $"It has {Show.Bytes(bytes.Length)}, more than is read for a page. Export it to see its examples.");
            var read = CollectionReader.ReadPostman(bytes);
            return read.IsFatal ? ([], read.Issues[0].Message) : (read.Examples, null);
        }
        catch (DocumentException e)
        {
            return ([], e.Message);
        }
        catch (ApiException e) when (e.Kind is ApiFailure.Forbidden or ApiFailure.NotFound && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return ([], Fault.Of(e)!.Message);
        }
    }

    private static async Task<IReadOnlyList<(ObjectKey, string, string)>?> MocksAsync(Visit visit, ObjectKey key)
    {
        var mocks = new List<(ObjectKey, string, string)>();
        try
        {
            await foreach (var mock in visit.Cluster.Api.ListAsync<ListedMock>(new ListQuery { Namespace = key.Namespace }, visit.Ends))
            {
                if (mock.Spec?.CollectionRef is { } reference && reference.Name == key.Name && mocks.Count < MostMocks)
                    mocks.Add((ObjectKey.Of(mock), mock.Spec.DisplayName is { Length: > 0 } title ? title : mock.Metadata.Name, reference.Version ?? CollectionSpec.CurrentVersion));
            }
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden && e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            return null;
        }

        return mocks;
    }
}
