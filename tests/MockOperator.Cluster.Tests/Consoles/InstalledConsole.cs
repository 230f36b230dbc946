using MockOperator.Cluster.Tests.Calls;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Consoles;

/// <summary>The console as the chart installs it, reached by forwarded ports.</summary>
internal sealed class InstalledConsole : IAsyncDisposable
{
    private const string Name = "console-mock-operator-console";

    private readonly TestCluster _cluster;
    private ForwardedPort? _dashboard;
    private ForwardedPort? _api;

    private InstalledConsole(TestCluster cluster) => _cluster = cluster;

    /// <summary>Where the dashboard answers.</summary>
    public Uri Dashboard => _dashboard!.Http.BaseAddress!;

    /// <summary>Where Postman's API answers.</summary>
    public Uri Api => _api!.Http.BaseAddress!;

    /// <summary>Installs it beside the operator that is there.</summary>
    public static async Task<InstalledConsole> StartAsync(TestCluster cluster)
    {
        var image = await BuiltImage.ConsoleAsync();
        await cluster.LoadAsync(image.Archive);
        var colon = image.Reference.LastIndexOf(':');
        var manifests = Path.GetTempFileName();
        await File.WriteAllTextAsync(manifests, await cluster.HelmAsync(
            "template", "console", "charts/mock-operator", "--namespace", TestCluster.OperatorNamespace, "--show-only", "templates/console.yaml", "--kube-version", "1.33",
            "--set", "image.repository=unused,runtime.image.repository=unused,console.enabled=true", "--set", $"console.image.repository={image.Reference[..colon]}", "--set-string", $"console.image.tag={image.Reference[(colon + 1)..]}"));
        await cluster.KubectlAsync("-n", TestCluster.OperatorNamespace, "apply", "-f", manifests);
        File.Delete(manifests);
        var console = new InstalledConsole(cluster);
        await Eventually.TrueAsync(
            "the console is ready",
            async () => (int?)(await cluster.Api.GetAsync($"apis/apps/v1/namespaces/{TestCluster.OperatorNamespace}/deployments/{Name}"))["status"]?["readyReplicas"] == 1,
            cluster.StateAsync);
        console._dashboard = await cluster.ForwardAsync(TestCluster.OperatorNamespace, $"service/{Name}", 80);
        console._api = await cluster.ForwardAsync(TestCluster.OperatorNamespace, $"service/{Name}", 8070);
        return console;
    }

    /// <summary>Resident memory of its process, in KiB.</summary>
    public async Task<long> ResidentAsync() => long.Parse(await _cluster.OnNodeAsync("sh", "-c", "awk '/VmRSS/ {print $2}' /proc/$(pgrep -of '/kubectl-mock console')/status"));

    /// <summary>What it wrote to its log.</summary>
    public Task<string> LogAsync() => _cluster.KubectlAsync("-n", TestCluster.OperatorNamespace, "logs", $"deployment/{Name}");

    public async ValueTask DisposeAsync()
    {
        foreach (var port in new[] { _dashboard, _api })
        {
            if (port is not null)
                await port.DisposeAsync();
        }

        await _cluster.KubectlAsync("-n", TestCluster.OperatorNamespace, "delete", "deployment,service,serviceaccount", Name, "--wait=false");
    }
}
