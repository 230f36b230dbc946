using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

/// <summary>The operator that config/default installs, with pods of its own.</summary>
internal sealed partial class InstalledOperator(TestCluster cluster)
{
    private const string Deployment = $"apis/apps/v1/namespaces/{TestCluster.OperatorNamespace}/deployments/mock-operator";
    private const string Pods = $"api/v1/namespaces/{TestCluster.OperatorNamespace}/pods";

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

    [GeneratedRegex(@"\b403\b|forbidden", RegexOptions.IgnoreCase)]
    private static partial Regex Refusal();
}
