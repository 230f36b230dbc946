using MockOperator.Client.Mocks;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Mocks;

/// <summary>The list of mocks: which there are, and whether anything is wrong.</summary>
internal sealed record MockList
{
    /// <summary>Mocks of a page.</summary>
    public const int PageSize = 50;

    /// <summary>Most mocks that are read for a list.</summary>
    public const int Most = 5000;

    private const int MostQuotas = 20;

    /// <summary>The rows of the page.</summary>
    public required IReadOnlyList<MockRow> Rows { get; init; }

    /// <summary>The namespace; empty for all.</summary>
    public required string Namespace { get; init; }

    /// <summary>What is searched for; empty for nothing.</summary>
    public required string Search { get; init; }

    /// <summary>Which states are shown: <c>trouble</c>, <c>paused</c>, or empty for all.</summary>
    public required string Show { get; init; }

    /// <summary>How many there are, whatever is searched for.</summary>
    public required int All { get; init; }

    /// <summary>How many of them are in trouble.</summary>
    public required int InTrouble { get; init; }

    /// <summary>How many of them are paused.</summary>
    public required int Paused { get; init; }

    /// <summary>How many were found.</summary>
    public required int Found { get; init; }

    /// <summary>The page, from 1.</summary>
    public required int Page { get; init; }

    /// <summary>Whether there were more than are read.</summary>
    public required bool IsCut { get; init; }

    /// <summary>The most calls of a row, to which the others are compared.</summary>
    public required long MostCalls { get; init; }

    /// <summary>The fullest quota of the namespace; null for none, and where all namespaces are shown.</summary>
    public MockQuotaStatus? Quota { get; init; }

    /// <summary>Why no mock can be made here; null when one can.</summary>
    public string? CannotCreate { get; init; }

    /// <summary>Pages.</summary>
    public int Pages => Math.Max(1, (Found + PageSize - 1) / PageSize);

    /// <summary>The address of another page of this list.</summary>
    public string AddressOf(int page) => Links.With(Links.Mocks, ("q", Search), ("show", Show), ("page", Links.Number(page)));

    /// <summary>Shows it.</summary>
    public static async Task ShowAsync(Visit visit)
    {
        var (search, show) = (visit.Query("q"), visit.Query("show"));
        var missing = visit.MissingAsync(Act.CreateMock(visit.Namespace));
        var quota = QuotaAsync(visit);
        var (rows, isCut) = await ReadAsync(visit);
        var found = rows
            .Where(row => show switch { "trouble" => row.IsInTrouble, "paused" => row.State == MockState.Paused, _ => true })
            .Where(row => search.Length == 0 || row.Has(search))
            .ToList();
        var page = Math.Clamp(visit.PageNumber, 1, Math.Max(1, (found.Count + PageSize - 1) / PageSize));
        var list = new MockList
        {
            Rows = [.. found.Skip((page - 1) * PageSize).Take(PageSize)],
            Namespace = visit.Namespace,
            Search = search,
            Show = show,
            All = rows.Count,
            InTrouble = rows.Count(row => row.IsInTrouble),
            Paused = rows.Count(row => row.State == MockState.Paused),
            Found = found.Count,
            Page = page,
            IsCut = isCut,
            MostCalls = rows.Count == 0 ? 0 : rows.Max(row => row.Calls ?? 0),
            Quota = await quota,
            CannotCreate = (await missing).Count > 0 && visit.Namespace.Length > 0 ? $"You may not make mock servers in {visit.Namespace}: what is missing is the right {Act.CreateMock(visit.Namespace)}." : null,
        };
        await visit.ShowAsync("Mock servers", Section.Mocks, new Mocks_List { Model = list }, namespaceChoice: Links.Mocks);
    }

    private static async Task<MockQuotaStatus?> QuotaAsync(Visit visit)
    {
        if (visit.Namespace.Length == 0)
            return null;
        try
        {
            var page = await visit.Cluster.Api.ListPageAsync<MockQuota>(new ListQuery { Namespace = visit.Namespace, Limit = MostQuotas }, visit.Ends);
            return page.Items.Select(one => one.Status).OfType<MockQuotaStatus>().Where(one => one.Limit > 0).MaxBy(one => (double)(one.Used ?? 0) / one.Limit!.Value);
        }
        catch (ApiException)
        {
            // The list says what is wrong, if anything is.
            return null;
        }
    }

    // What else an object holds is let go as soon as its row is made.
    private static async Task<(List<MockRow> Rows, bool IsCut)> ReadAsync(Visit visit)
    {
        var rows = new List<MockRow>();
        await foreach (var row in visit.Cluster.Api.ListAsync<ListedMock, MockRow>(new ListQuery { Namespace = visit.Namespace.Length == 0 ? null : visit.Namespace }, MockRow.Of, visit.Ends))
        {
            if (rows.Count == Most)
                return (rows, true);
            rows.Add(row);
        }

        return (rows, false);
    }
}
