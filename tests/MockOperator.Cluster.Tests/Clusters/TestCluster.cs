using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using k8s;
using MockOperator.Cluster.Tests.Calls;
using MockOperator.Cluster.Tests.Clusters;
using Testcontainers.K3s;

[assembly: AssemblyFixture(typeof(TestCluster))]

namespace MockOperator.Cluster.Tests.Clusters;

/// <summary>
/// One cluster for the whole run, with both images in it and the operator installed as a user installs it: by config/default, under its
/// own service account.
/// </summary>
public sealed partial class TestCluster : IAsyncLifetime
{
    /// <summary>Where config/default puts the operator.</summary>
    public const string OperatorNamespace = "mock-operator-system";

    private K3sContainer? node;
    private string? kubeconfigFile;
    private int namespaces;

    /// <summary>The API server, as the cluster's administrator.</summary>
    public ClusterApi Api { get; private set; } = null!;

    /// <summary>What a client of the API server is made from.</summary>
    public KubernetesClientConfiguration Configuration { get; private set; } = null!;

    /// <summary>Address of the node, at which NodePorts answer.</summary>
    public string NodeAddress => node!.IpAddress;

    /// <summary>Minor version of Kubernetes 1.</summary>
    public int Minor { get; private set; }

    /// <summary>The image of the runtime that the operator gives to mocks.</summary>
    public string RuntimeImage => images.Single(image => image.Program == "mock-runtime").Reference;

    /// <summary>The image of the operator.</summary>
    public string OperatorImage => images.Single(image => image.Program == "mock-operator").Reference;

    /// <summary>Whether a helm is on the PATH.</summary>
    public static bool HelmIsHere => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(static folder => File.Exists(Path.Combine(folder, "helm")));

    private IReadOnlyList<BuiltImage> images = [];

    public async ValueTask InitializeAsync()
    {
        images = await BuiltImage.AllAsync();
        var image = Environment.GetEnvironmentVariable("MOCK_OPERATOR_K3S_IMAGE") is { Length: > 0 } named ? named : (await Command.ScriptAsync("cluster", "image")).Trim();
        await UseEngineAsync(image);
        node = new K3sBuilder(image)
            .WithLabel("mockoperator.dev/cluster", "test")
            .WithLabel("mockoperator.dev/test-run", Environment.GetEnvironmentVariable("MOCK_OPERATOR_TEST_RUN") ?? "none")
            .Build();
        await node.StartAsync(TestContext.Current.CancellationToken);

        // By the node's own address, which is in the server's certificate wherever the tests run.
        var kubeconfig = Server().Replace(await node.GetKubeconfigAsync(), $"server: https://{NodeAddress}:6443");
        kubeconfigFile = Path.Combine(Path.GetTempPath(), $"mock-operator-tests-{Environment.ProcessId}.kubeconfig");
        await File.WriteAllTextAsync(kubeconfigFile, kubeconfig);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(kubeconfig));
        Configuration = await KubernetesClientConfiguration.BuildConfigFromConfigFileAsync(stream);
        Api = new ClusterApi(Configuration);
        Minor = int.Parse(Digits().Match((await Api.GetAsync("version"))["minor"]!.GetValue<string>()).Value);

        foreach (var built in images)
            await LoadAsync(built.Archive);
        await Eventually.GetAsync("the namespace default has its service account", () => Api.FindAsync("api/v1/namespaces/default/serviceaccounts/default"), StateAsync);
        await InstallOperatorAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Api?.Dispose();
        if (kubeconfigFile is not null)
            File.Delete(kubeconfigFile);
        if (node is not null)
            await node.DisposeAsync();
    }

    /// <summary>A copy of the administrator's kubeconfig, for one who changes it.</summary>
    public async Task CopyKubeconfigAsync(string file) => await File.WriteAllTextAsync(file, await File.ReadAllTextAsync(kubeconfigFile!));

    /// <summary>Runs kubectl against this cluster.</summary>
    public Task<string> KubectlAsync(params string[] arguments) =>
        Command.RunAsync("kubectl", arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = kubeconfigFile! });

    /// <summary>Runs helm against this cluster.</summary>
    public Task<string> HelmAsync(params string[] arguments) =>
        Command.RunAsync("helm", arguments, new Dictionary<string, string>(StringComparer.Ordinal) { ["KUBECONFIG"] = kubeconfigFile! });

    /// <summary>Gives an image of the cluster another tag as well. The node knows it by its whole name, with a registry in front.</summary>
    public Task<string> TagAsync(string reference, string tag) => OnNodeAsync(
        "sh", "-c", $"name=$(ctr -n k8s.io images ls -q | grep -E '(^|/){reference}$') && ctr -n k8s.io images tag --force $name ${{name%:*}}:{tag}");

    /// <summary>Runs <c>kubectl port-forward</c> against this cluster.</summary>
    internal Task<ForwardedPort> ForwardAsync(string space, string what, int port, string? asUser = null) => ForwardedPort.OpenAsync(kubeconfigFile!, space, what, port, asUser);

    /// <summary>A namespace of its own for a test, in which Pod Security "restricted" is enforced where the server can.</summary>
    public async Task<MockNamespace> NamespaceAsync(string purpose)
    {
        var name = $"{purpose}-{Interlocked.Increment(ref namespaces)}";
        await Api.ApplyAsync($"api/v1/namespaces/{name}", new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Namespace",
            ["metadata"] = new JsonObject { ["name"] = name, ["labels"] = new JsonObject { ["pod-security.kubernetes.io/enforce"] = "restricted" } },
        });
        await Eventually.GetAsync("the namespace has its service account", () => Api.FindAsync($"api/v1/namespaces/{name}/serviceaccounts/default"), StateAsync);
        return new MockNamespace(this, name);
    }

    /// <summary>Runs <c>kubectl auth can-i</c>, which says no with an exit code.</summary>
    public async Task<bool> CanIAsync(params string[] arguments)
    {
        try
        {
            return (await KubectlAsync(["auth", "can-i", .. arguments])).Trim() == "yes";
        }
        catch (InvalidOperationException said) when (said.Message.Split('\n').Any(static line => line.Trim() == "no"))
        {
            return false;
        }
    }

    /// <summary>Whether the API server is a process of its own; in k3s it is part of the node's.</summary>
    public async Task<bool> HasApiServerOfItsOwnAsync() => (await ApiServerProcessAsync()).Length > 0;

    /// <summary>Kills the API server as a crash would; the node starts it again.</summary>
    public async Task KillApiServerAsync()
    {
        var killed = await ApiServerProcessAsync();
        await OnNodeAsync("sh", "-c", $"kill -KILL {killed}");
        await Eventually.TrueAsync("the API server is another process", async () => await ApiServerProcessAsync() is { Length: > 0 } now && now != killed, StateAsync);
    }

    /// <summary>
    /// kubectl apply -k. A server older than 1.25 knows no CEL rules in a CRD: its own schema refuses them, so there the client applies, unchecked.
    /// </summary>
    public Task<string> InstallAsync(string folder) =>
        Minor >= 25 ? KubectlAsync("apply", "--server-side", "--force-conflicts", "-k", folder) : KubectlAsync("apply", "--validate=false", "-k", folder);

    /// <summary>Runs a command on the node.</summary>
    public async Task<string> OnNodeAsync(params string[] command)
    {
        var result = await node!.ExecAsync(command, TestContext.Current.CancellationToken);
        return result.ExitCode == 0 ? result.Stdout : throw new InvalidOperationException($"{string.Join(' ', command)}: {result.ExitCode} {result.Stdout}{result.Stderr}");
    }

    /// <summary>The parts of the cluster's state that explain most failures.</summary>
    public async Task<string> StateAsync()
    {
        var parts = new List<string>();
        foreach (var arguments in new[]
        {
            $"get nodes,pods,mockservers,collections,mockquotas -A -o wide",
            $"-n {OperatorNamespace} logs -l app.kubernetes.io/name=mock-operator --tail 60",
            "get events -A --sort-by=.lastTimestamp",
        })
        {
            try
            {
                var lines = (await KubectlAsync(arguments.Split(' '))).Split('\n');
                parts.Add($"--- kubectl {arguments}\n{string.Join('\n', lines[^Math.Min(60, lines.Length)..])}");
            }
            catch (InvalidOperationException exception)
            {
                parts.Add($"--- kubectl {arguments}: {exception.Message}");
            }
        }

        return string.Join('\n', parts);
    }

    private async Task<string> ApiServerProcessAsync() => (await OnNodeAsync("sh", "-c", "pidof kube-apiserver || true")).Trim();

    /// <summary>config/default, with the images that were built.</summary>
    private async Task InstallOperatorAsync()
    {
        var manifests = Path.ChangeExtension(kubeconfigFile!, ".yaml");
        var installation = await Command.ScriptAsync("manifests", OperatorImage, RuntimeImage);

        // One key is opened as a platform team would, for the mock that shares its routers' middlewares with us.
        await File.WriteAllTextAsync(manifests, installation.Replace(
            "- --pod-templates=Safe", "- --pod-templates=Safe\n        - --allowed-metadata=traefik.ingress.kubernetes.io/router.middlewares", StringComparison.Ordinal));
        try
        {
            await KubectlAsync(Minor >= 25 ? ["apply", "--server-side", "--force-conflicts", "-f", manifests] : ["apply", "--validate=false", "-f", manifests]);
        }
        finally
        {
            File.Delete(manifests);
        }

        await Eventually.TrueAsync(
            "the operator is ready",
            async () => (int?)(await Api.GetAsync($"apis/apps/v1/namespaces/{OperatorNamespace}/deployments/mock-operator"))["status"]?["readyReplicas"] == 2,
            StateAsync);
    }

    /// <summary>Puts the images of an archive into the cluster.</summary>
    public async Task LoadAsync(string archive)
    {
        await node!.CopyAsync(new FileInfo(archive), "/opt/", ct: TestContext.Current.CancellationToken);
        await OnNodeAsync("ctr", "-n", "k8s.io", "images", "import", $"/opt/{Path.GetFileName(archive)}");
    }

    /// <summary>An older engine refuses a newer API, and the reaper's image cannot be pulled where rancher/k3s cannot.</summary>
    private static async Task UseEngineAsync(string image)
    {
        await Command.ScriptAsync("docker", "start");
        if (Environment.GetEnvironmentVariable("DOCKER_API_VERSION") is null)
        {
            var version = await Command.RunAsync("docker", ["version", "--format", "{{.Server.APIVersion}}"]);
            Environment.SetEnvironmentVariable("DOCKER_API_VERSION", version.Trim());
        }

        if (!image.Contains("rancher/k3s", StringComparison.Ordinal))
            Environment.SetEnvironmentVariable("TESTCONTAINERS_RYUK_DISABLED", "true");
    }

    [GeneratedRegex("server: https://.*")]
    private static partial Regex Server();

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}
