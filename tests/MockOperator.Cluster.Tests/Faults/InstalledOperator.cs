using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The operator that config/default installs, with pods of its own.</summary>
internal sealed partial class InstalledOperator(TestCluster cluster)
{
    private const string Deployment = $"apis/apps/v1/namespaces/{TestCluster.OperatorNamespace}/deployments/mock-operator";
    private const string Pods = $"api/v1/namespaces/{TestCluster.OperatorNamespace}/pods";

    private const string Lease = $"apis/coordination.k8s.io/v1/namespaces/{TestCluster.OperatorNamespace}/leases/mock-operator";

    /// <summary>Fails with the requests that its pods were refused, and the lines of their logs that say so, unless there are none.</summary>
    public async Task WasRefusedNothingAsync()
    {
        var refusals = await RefusalsAsync();
        Assert.True(refusals.Count == 0, $"the operator was refused:\n{string.Join('\n', refusals.Take(20))}");
    }

    private async Task<IReadOnlyList<string>> RefusalsAsync()
    {
        var refusals = new List<string>();
        foreach (var pod in await PodsAsync())
        {
            var metrics = await cluster.Api.TextAsync($"{Pods}/{pod}:8080/proxy/metrics");
            Assert.Contains("rest_client_requests_total{", metrics, StringComparison.Ordinal);
            refusals.AddRange(metrics.Split('\n').Where(line => line.StartsWith("rest_client_requests_total{", StringComparison.Ordinal) && line.Contains("code=\"403\"", StringComparison.Ordinal)));
            var log = await cluster.Api.TextAsync($"{Pods}/{pod}/log");
            refusals.AddRange(log.Split('\n').Where(line => Refusal().IsMatch(line)));
        }

        return refusals;
    }

    /// <summary>What the pod that leads has asked of the API server since it started.</summary>
    public async Task<RequestCount> RequestsAsync()
    {
        var (pod, at) = await LeaderAsync();
        var metrics = (await cluster.Api.TextAsync($"{Pods}/{pod}:8080/proxy/metrics")).Split('\n');
        // Nobody else writes with PUT, but for the books of quotas.
        var lease = Sum(metrics, line => line.StartsWith("rest_client_requests_total{", StringComparison.Ordinal) && line.Contains("method=\"PUT\"", StringComparison.Ordinal))
            + Sum(metrics, line => line.StartsWith("leader_election_slowpath_total", StringComparison.Ordinal));
        var watches = Sum(metrics, line => line.StartsWith("operator_watch_restarts_total{", StringComparison.Ordinal));
        var all = Sum(metrics, line => line.StartsWith("rest_client_requests_total{", StringComparison.Ordinal));
        return new RequestCount(pod, at, all - lease - watches, watches, lease);
    }

    /// <summary>Waits until so much of its own time has passed: that by which it renews its lease.</summary>
    public async Task PassedAsync(TimeSpan time)
    {
        var (_, begun) = await LeaderAsync();
        await Eventually.TrueAsync(
            $"{time.TotalSeconds} s have passed for the operator", async () => (await LeaderAsync()).Renewed - begun >= time, cluster.StateAsync, time + Eventually.Deadline);
    }

    /// <summary>Waits until it has asked nothing for a while beside watches and lease.</summary>
    public async Task SettledAsync()
    {
        var before = await RequestsAsync();
        var asked = 0;
        await Eventually.TrueAsync(
            "the operator is at rest",
            async () =>
            {
                await PassedAsync(TimeSpan.FromSeconds(10));
                var after = await RequestsAsync();
                asked = after.Others - before.Others;
                var isAtRest = after.Leader == before.Leader && asked == 0;
                before = after;
                return isAtRest;
            },
            async () => $"{asked} requests in its last ten seconds\n{await cluster.StateAsync()}");
    }

    private async Task<(string Pod, DateTimeOffset Renewed)> LeaderAsync()
    {
        var lease = (await cluster.Api.GetAsync(Lease))["spec"]!;
        // The name of the pod and something random.
        return (((string)lease["holderIdentity"]!).Split('_')[0], (DateTimeOffset)lease["renewTime"]!);
    }

    private static int Sum(string[] metrics, Func<string, bool> isMeant) =>
        metrics.Where(isMeant).Sum(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    /// <summary>Takes its pods away, or brings them back; waits until it is so.</summary>
    public async Task ScaleAsync(int replicas)
    {
        await cluster.Api.MergeAsync(Deployment, new JsonObject { ["spec"] = new JsonObject { ["replicas"] = replicas } });
        await Eventually.TrueAsync(
            $"the operator has {replicas} pods",
            async () => (await cluster.Api.ListAsync($"{Pods}?labelSelector=app.kubernetes.io/name%3Dmock-operator")).Count == replicas
                && ((int?)(await cluster.Api.GetAsync(Deployment))["status"]?["readyReplicas"] ?? 0) == replicas,
            cluster.StateAsync);
    }

    private async Task<IReadOnlyList<string>> PodsAsync()
    {
        var pods = (await cluster.Api.ListAsync($"{Pods}?labelSelector=app.kubernetes.io/name%3Dmock-operator")).Select(pod => (string)pod["metadata"]!["name"]!).ToList();
        Assert.NotEmpty(pods);
        return pods;
    }

    /// <summary>Requests since a pod started.</summary>
    /// <param name="Leader">The pod.</param>
    /// <param name="At">Its time.</param>
    /// <param name="Others">Those for neither watches nor the lease.</param>
    /// <param name="Watches">Watches begun anew.</param>
    /// <param name="Lease">Those for the lease.</param>
    internal sealed record RequestCount(string Leader, DateTimeOffset At, int Others, int Watches, int Lease);

    [GeneratedRegex(@"\b403\b|forbidden", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
