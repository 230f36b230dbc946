using MockOperator.Dashboard.Pages;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Usage;

/// <summary>Usage: what was used of each quota, by which mocks, until when, and in the periods before.</summary>
internal sealed record UsagePages
{
    private const int Most = 100;

    /// <summary>The quotas.</summary>
    public required IReadOnlyList<MockQuota> Quotas { get; init; }

    /// <summary>The namespace; empty for all.</summary>
    public required string Namespace { get; init; }

    /// <summary>Whether there are more.</summary>
    public required bool IsCut { get; init; }

    /// <summary>Maps them.</summary>
    public static void Map(Door door) => door.Get(Links.Usage, ShowAsync);

    /// <summary>Days of a period that are left, in words.</summary>
    public static string Left(MockQuotaStatus? status, DateTimeOffset now) =>
        status?.ResetsAt is not { } end ? "" : (end - now).TotalDays is var days and >= 1 ? Show.Count((long)days, "day") + " left" : "less than a day left";

    /// <summary>What a quota covers.</summary>
    public static string Covers(MockQuota quota) => quota.Spec?.Selector is null ? "all mock servers of the namespace" : $"{Show.Count(quota.Status?.CoveredMocks ?? 0, "mock server")} that its selector chooses";

    private static async Task ShowAsync(Visit visit)
    {
        var page = await visit.Cluster.Api.ListPageAsync<MockQuota>(new ListQuery { Namespace = visit.Namespace.Length == 0 ? null : visit.Namespace, Limit = Most }, visit.Ends);
        var usage = new UsagePages
        {
            // The fullest first: that is the one that somebody asks about.
            Quotas = [.. page.Items.OrderByDescending(quota => quota.Status is { Limit: > 0 } status ? (double)(status.Used ?? 0) / status.Limit.Value : 0).ThenBy(quota => ObjectKey.Of(quota).ToString(), StringComparer.Ordinal)],
            Namespace = visit.Namespace,
            IsCut = page.Continue is not null,
        };
        await visit.ShowAsync("Usage", Section.Usage, new Usage_Usage { Model = (usage, visit.Now) }, namespaceChoice: Links.Usage);
    }
}
