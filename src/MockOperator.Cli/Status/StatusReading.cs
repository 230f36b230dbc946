using MockOperator.Cli.Connections;
using MockOperator.Client.Calls;
using MockOperator.Client.Mocks;
using MockOperator.Client.Ownership;
using MockOperator.Client.Ports;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Status;

/// <summary>Gathers what is known of a mock: the object, its quotas, its children and pods, all asked at once, and each pod once.</summary>
internal static class StatusReading
{
    /// <summary>Reads it.</summary>
    /// <exception cref="ApiException">The server cannot be reached. What the caller may not read is named in the report instead.</exception>
    public static async Task<StatusReport> ReadAsync(ClusterCall call, MockServer mock, CancellationToken cancellationToken)
    {
        var unseen = new List<string>();
        var children = new ChildReading(call.Cluster.Api, call.Key(mock.Metadata.Name));
        var reading = children.ReadAsync(cancellationToken);
        var quotas = QuotasAsync(call, mock, unseen, cancellationToken);
        var pods = PodsAsync(call, mock, unseen, cancellationToken);
        await Task.WhenAll(reading, quotas, pods);

        var summary = MockSummary.Of(mock);
        var (spec, status) = (mock.Spec, mock.Status);
        return new StatusReport
        {
            Namespace = mock.Metadata.NamespaceProperty,
            Name = mock.Metadata.Name,
            DisplayName = spec?.DisplayName,
            State = summary.State.ToString(),
            Problems = Problems(summary, await pods, await quotas),
            Url = status?.Url,
            ExternalUrl = status?.ExternalUrl,
            Collection = status?.Collection?.ToString() ?? spec?.CollectionRef?.Name,
            Examples = status?.ExampleCount,
            Skipped = status?.SkippedCount,
            Shadowed = status?.ShadowedCount,
            Private = spec?.Private == true,
            KeySecret = spec?.Private == true ? Keys.KeySecret.NameOf(mock) : null,
            RespondsWith = spec?.ActiveServerResponse is { Length: > 0 } active ? active : null,
            KeptBy = GitOpsOwner.Of(mock.Metadata) is { } owner ? $"{owner.Tool}{(owner.Name is null ? "" : $" ({owner.Name})")}" : null,
            Revision = status?.Revision,
            Conditions = status?.Conditions ?? [],
            Quotas = await quotas,
            Children = await reading,
            Pods = await pods,
            Unseen = [.. children.Unseen, .. unseen],
        };
    }

    /// <summary>What is wrong: what the operator says of the mock, then what pods and quotas show beside it.</summary>
    private static List<string> Problems(MockSummary summary, IReadOnlyList<PodState> pods, IReadOnlyList<QuotaState> quotas)
    {
        var problems = new List<string>();
        if (summary.Problem is not null)
            problems.Add(summary.Problem);
        problems.AddRange(pods.Where(pod => pod.Why is not null && !pod.IsReady).Select(pod => $"The pod {pod.Name} does not run ({pod.State}): {pod.Why}").Distinct(StringComparer.Ordinal).Take(3));
        problems.AddRange(quotas.Where(quota => quota.Used >= quota.Limit)
            .Select(quota => $"The quota {quota.Name} is used up: calls are refused with 429 until {quota.ResetsAt:yyyy-MM-dd HH:mm} UTC. `kubectl mock usage {summary.Mock.Metadata.Name}` tells who used it; more `calls` in it are there at once."));
        return problems;
    }

    private static async Task<IReadOnlyList<QuotaState>> QuotasAsync(ClusterCall call, MockServer mock, List<string> unseen, CancellationToken cancellationToken)
    {
        var covering = new List<QuotaState>();
        try
        {
            await foreach (var quota in call.Cluster.Api.ListAsync<MockQuota>(new ListQuery { Namespace = mock.Metadata.NamespaceProperty }, cancellationToken))
            {
                if (quota.Covers(mock))
                    covering.Add(Of(quota, mock.Metadata.Name));
            }
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            lock (unseen)
                unseen.Add($"mockquotas: you may not list them in {mock.Metadata.NamespaceProperty}");
        }

        return covering;
    }

    private static QuotaState Of(MockQuota quota, string mock) => new(
        quota.Metadata.Name,
        quota.Status?.Period,
        quota.Status?.Used ?? 0,
        quota.Status?.Mocks?.FirstOrDefault(usage => usage.Name == mock)?.Calls,
        quota.Status?.Limit ?? quota.Spec?.Calls ?? 0,
        quota.Status?.ResetsAt);

    private static async Task<IReadOnlyList<PodState>> PodsAsync(ClusterCall call, MockServer mock, List<string> unseen, CancellationToken cancellationToken)
    {
        var key = call.Key(mock.Metadata.Name);
        try
        {
            var pods = await new MockPods(call.Cluster.Api, key).ListAsync(cancellationToken);
            var ports = new MockPorts(call.Cluster, key);
            return await Task.WhenAll(pods.Select(pod => PodReading.ReadAsync(ports, pod, mock.Status?.Revision, call.Cluster.Time, cancellationToken)));
        }
        catch (ApiException e) when (e.Kind == ApiFailure.Forbidden)
        {
            lock (unseen)
                unseen.Add($"pods: you may not list them in {mock.Metadata.NamespaceProperty}");
            return [];
        }
    }
}
