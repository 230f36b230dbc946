using MockOperator.Client.Documents;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Collections;

/// <summary>The list of collections. Names are read of all, content and status only of those on the page: a collection may be large.</summary>
internal sealed record CollectionList
{
    /// <summary>Collections of a page.</summary>
    public const int PageSize = 25;

    private const int Most = 5000;
    private const int AtOnce = 4;

    /// <summary>The rows of the page.</summary>
    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>The namespace; empty for all.</summary>
    public required string Namespace { get; init; }

    /// <summary>What is searched for; empty for nothing.</summary>
    public required string Search { get; init; }

    /// <summary>How many there are.</summary>
    public required int All { get; init; }

    /// <summary>How many were found.</summary>
    public required int Found { get; init; }

    /// <summary>The page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Why none can be made here; null when one can.</summary>
    public string? CannotCreate { get; init; }

    /// <summary>Pages.</summary>
    public int Pages => Math.Max(1, (Found + PageSize - 1) / PageSize);

    /// <summary>The address of another page of this list.</summary>
    public string AddressOf(int page) => Links.With(Links.Collections, ("q", Search), ("page", Links.Number(page)));

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var search = visit.Query("q");
        var act = Act.CreateCollection(visit.Namespace);
        var missing = visit.MissingAsync(act);
        var all = new List<(ObjectKey Key, string Title)>();
        var query = new ListQuery { Namespace = visit.Namespace.Length == 0 ? null : visit.Namespace };
        await foreach (var one in visit.Cluster.Api.ListAsync<MetadataOf<Collection>, (ObjectKey, string)>(query, static one => (ObjectKey.Of(one), DisplayName.Of(one.Metadata)), visit.Ends))
        {
            if (all.Count == Most)
                break;
            all.Add(one);
        }

        var found = all.Where(one => search.Length == 0 || one.Key.Name.Contains(search, StringComparison.OrdinalIgnoreCase) || one.Title.Contains(search, StringComparison.OrdinalIgnoreCase)).ToList();
        var number = Math.Clamp(visit.PageNumber, 1, Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        var list = new CollectionList
        {
            Rows = await ReadAsync(visit, [.. found.Skip((number - 1) * PageSize).Take(PageSize)]),
            Namespace = visit.Namespace,
            Search = search,
            All = all.Count,
            Found = found.Count,
            Page = number,
            CannotCreate = (await missing).Count > 0 && visit.Namespace.Length > 0 ? $"You may not make collections in {visit.Namespace}: what is missing is the right {act}." : null,
        };
        await visit.ShowAsync("Collections", Section.Collections, new Collections_List { Model = list }, namespaceChoice: Links.Collections);
    }

    private static async Task<IReadOnlyList<Row>> ReadAsync(Visit visit, IReadOnlyList<(ObjectKey Key, string Title)> page)
    {
        var rows = new Row?[page.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, page.Count),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = visit.Ends },
            async (i, ends) =>
            {
                if (await visit.Cluster.Api.GetAsync<ListedCollection>(page[i].Key, ends) is { } collection)
                    rows[i] = Row.Of(collection, page[i].Title);
            });
        return [.. rows.OfType<Row>()];
    }

    /// <summary>A collection in the list.</summary>
    /// <param name="Key">Its name.</param>
    /// <param name="Title">Its name for people.</param>
    /// <param name="Ready">What the operator says of it.</param>
    /// <param name="Examples">Examples of its current content.</param>
    /// <param name="Skipped">Places that were not understood.</param>
    /// <param name="Versions">Tags.</param>
    internal sealed record Row(ObjectKey Key, string Title, Condition? Ready, int? Examples, int Skipped, IReadOnlyList<string> Versions)
    {
        /// <summary>Reads a collection.</summary>
        public static Row Of(ListedCollection collection, string title) => new(
            ObjectKey.Of(collection),
            title,
            collection.Status?.Conditions?.FirstOrDefault(condition => condition.Type == "Ready"),
            collection.Status?.ExampleCount,
            collection.Status?.SkippedCount ?? 0,
            [.. collection.Spec?.Versions?.Select(version => version.Tag) ?? []]);
    }
}
