using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Monitoring;

/// <summary>
/// A Prometheus on this machine that scrapes the pods of a cluster whose annotations ask for it, at the port and path that they name, and evaluates the alerts that are shipped. The way leads through the
/// API server, since pods cannot be reached from here; and Debian's Prometheus is built without discovery in Kubernetes, so the pods are looked up for it.
/// </summary>
internal sealed class ScrapingPrometheus : IAsyncDisposable
{
    private readonly string _directory;
    private readonly HttpClient _http;
    private readonly Process _process;

    private ScrapingPrometheus(int port, string directory)
    {
        _directory = directory;
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(new ProcessStartInfo(
            "prometheus",
            [
                $"--config.file={directory}/prometheus.yml", $"--storage.tsdb.path={directory}/data", $"--web.listen-address=127.0.0.1:{port}", "--log.level=warn",
            ])
        { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false })!;
        _process.BeginErrorReadLine();
        _process.BeginOutputReadLine();
    }

    /// <summary>Starts it.</summary>
    /// <param name="cluster">The cluster.</param>
    /// <param name="ns">The namespace whose pods are scraped, beside those of the operator.</param>
    public static async Task<ScrapingPrometheus> StartAsync(TestCluster cluster, string ns)
    {
        var directory = Directory.CreateTempSubdirectory("prometheus-").FullName;
        var server = new Uri(cluster.Configuration.Host);
        await File.WriteAllBytesAsync($"{directory}/client.crt", Convert.FromBase64String(cluster.Configuration.ClientCertificateData));
        await File.WriteAllBytesAsync($"{directory}/client.key", Convert.FromBase64String(cluster.Configuration.ClientCertificateKeyData));
        await File.WriteAllTextAsync($"{directory}/targets.json", new JsonArray([.. await TargetsAsync(cluster, TestCluster.OperatorNamespace, server), .. await TargetsAsync(cluster, ns, server)]).ToJsonString());
        var rules = await File.ReadAllTextAsync(Path.Combine(RepositoryRoot.Path, "config", "monitoring", "rules.yaml"));
        await File.WriteAllLinesAsync($"{directory}/rules.yml", rules[rules.IndexOf("  groups:", StringComparison.Ordinal)..].Split('\n').Select(static line => line.Length > 1 ? line[2..] : line));
        await File.WriteAllTextAsync($"{directory}/prometheus.yml", $$"""
            global: {scrape_interval: 2s, evaluation_interval: 2s}
            rule_files: [rules.yml]
            scrape_configs:
            - job_name: annotated
              honor_labels: true
              scheme: https
              tls_config: {insecure_skip_verify: true, cert_file: client.crt, key_file: client.key}
              file_sd_configs: [{files: [targets.json]}]
            """);
        var prometheus = new ScrapingPrometheus(FreePort(), directory);
        await Eventually.TrueAsync("Prometheus is ready", async () => (await prometheus._http.GetAsync("-/ready", TestContext.Current.CancellationToken)).IsSuccessStatusCode, () => Task.FromResult(""));
        return prometheus;
    }

    /// <summary>The series that a query finds, with their values.</summary>
    public async Task<IReadOnlyList<(JsonObject Labels, double Value)>> QueryAsync(string query)
    {
        var answer = await GetAsync($"api/v1/query?query={Uri.EscapeDataString(query)}");
        return [.. answer["data"]!["result"]!.AsArray().Select(static series => (series!["metric"]!.AsObject(), double.Parse((string)series["value"]![1]!, CultureInfo.InvariantCulture)))];
    }

    /// <summary>Waits until a query finds one number.</summary>
    public Task CountsAsync(string query, double value)
    {
        IReadOnlyList<(JsonObject Labels, double Value)> found = [];
        return Eventually.TrueAsync(
            $"{query} is {value}",
            async () => (found = await QueryAsync(query)) is [var one] && one.Value == value,
            async () => $"{string.Join('\n', found.Select(static series => $"{series.Labels.ToJsonString()} {series.Value}"))}\n{(await GetAsync("api/v1/targets?state=active"))["data"]!["activeTargets"]!.ToJsonString()}");
    }

    /// <summary>The rules and how they do.</summary>
    public async Task<IReadOnlyList<JsonObject>> RulesAsync() =>
        [.. (await GetAsync("api/v1/rules"))["data"]!["groups"]!.AsArray().SelectMany(static group => group!["rules"]!.AsArray()).Select(static rule => rule!.AsObject())];

    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private static async Task<IEnumerable<JsonNode>> TargetsAsync(TestCluster cluster, string ns, Uri server) =>
        from pod in await cluster.Api.ListAsync($"api/v1/namespaces/{ns}/pods")
        let annotations = pod["metadata"]!["annotations"]
        where (string?)annotations?["prometheus.io/scrape"] == "true"
        let name = (string)pod["metadata"]!["name"]!
        select (JsonNode)new JsonObject
        {
            ["targets"] = new JsonArray(server.Authority),
            ["labels"] = new JsonObject
            {
                ["__metrics_path__"] = $"/api/v1/namespaces/{ns}/pods/{name}:{(string)annotations["prometheus.io/port"]!}/proxy{(string?)annotations["prometheus.io/path"] ?? "/metrics"}",
                ["namespace"] = ns,
                ["pod"] = name,
            },
        };

    private async Task<JsonObject> GetAsync(string path)
    {
        using var response = await _http.GetAsync(path, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(response.IsSuccessStatusCode, $"{path}: {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
