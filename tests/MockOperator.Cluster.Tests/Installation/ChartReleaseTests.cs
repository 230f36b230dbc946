using System.Text.RegularExpressions;
using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.Installation;

/// <summary>The life of a release: installed over what kustomize made, upgraded while mocks are called, tested, taken away.</summary>
[Collection(OneAfterTheOther.Chart)]
public sealed partial class ChartReleaseTests(TestCluster cluster) : IDisposable
{
    private const string Space = "chart-system";
    private const string Definition = "apis/apiextensions.k8s.io/v1/customresourcedefinitions/mockservers.mockoperator.dev";

    private readonly string _folder = Directory.CreateTempSubdirectory("mock-operator-chart-").FullName;

    [Fact]
    public async Task A_release_is_upgraded_under_load_and_leaves_the_mocks_when_it_goes()
    {
        Assert.SkipUnless(TestCluster.HelmIsHere, "no helm is on PATH (hack/kubectl.sh fetches one on x86-64)");
        await using var names = await ServiceNames.StartAsync(cluster);
        await CurlImage.LoadAsync(cluster);

        // Helm takes over the definitions that are there, and makes them those of its chart: one that does not know callLog.
        var before = Chart("before", version: "0.0.1", without: "callLog");
        await HelmAsync("install", before, [.. Values(cluster.RuntimeImage), "--create-namespace", "--take-ownership", .. await ForceAsync()]);
        Assert.False(await KnowsAsync("callLog"));

        var space = await MockSpace.CreateAsync(cluster, "chart-mocks");
        await space.ApplyMockOfConfigMapAsync("mock", Exported.Answering("served"), replicas: 2);
        await space.ReadyAsync("mock");
        var pods = await space.PodsAsync("mock");
        await using var stream = RequestStream.Start(await space.OpenNodePortAsync("mock", "/text"));

        // The upgrade brings the fields of its definitions and another image of the runtime, so that pods roll.
        var next = cluster.RuntimeImage[..cluster.RuntimeImage.LastIndexOf(':')] + ":next";
        await cluster.TagAsync(cluster.RuntimeImage, "next");
        await HelmAsync("upgrade", Chart("after", version: null, without: null), Values(next));
        Assert.True(await KnowsAsync("callLog"));
        await Eventually.TrueAsync("all pods were replaced", async () => await space.PodsAsync("mock") is { Count: 2 } now && !now.Intersect(pods, StringComparer.Ordinal).Any(), cluster.StateAsync);
        await space.ReadyAsync("mock");

        var said = await HelmAsync("test", "chart", ["--namespace", Space, "--timeout", "4m"], isInstalled: true);
        Assert.Matches("Phase: +Succeeded", said);

        await HelmAsync("uninstall", "chart", ["--namespace", Space, "--wait"], isInstalled: true);
        Assert.Null(await cluster.Api.FindAsync($"apis/apps/v1/namespaces/{Space}/deployments/chart-mock-operator"));
        Assert.NotNull(await cluster.Api.FindAsync(Definition));
        Assert.NotNull(await cluster.Api.FindAsync(space.Of("mockservers", "mock")));
        var answered = stream.Answered;
        await Eventually.TrueAsync("the mock answers without the operator", () => Task.FromResult(stream.Answered > answered + 100), cluster.StateAsync);

        await stream.StopAsync();
        Console.WriteLine($"helm install, upgrade with another runtime, test, uninstall: {stream.Answered} requests answered, {stream.Failures.Count} failed");
        Assert.Empty(stream.Failures);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    /// <summary>A copy of the chart, for the cluster that the tests run on.</summary>
    private string Chart(string name, string? version, string? without)
    {
        var copy = Path.Combine(_folder, name);
        foreach (var file in Directory.EnumerateFiles(Path.Combine(RepositoryRoot.Path, "charts/mock-operator"), "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(copy, Path.GetRelativePath(Path.Combine(RepositoryRoot.Path, "charts/mock-operator"), file));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }

        Edit(Path.Combine(copy, "Chart.yaml"), text => version is null ? text : ChartVersion().Replace(text, $"version: {version}"));
        if (cluster.Minor < 29)
            Edit(Path.Combine(copy, "Chart.yaml"), static text => KubeVersion().Replace(text, ""));
        // It does not know the rules in a definition either, and Helm asks it to refuse what it does not know.
        if (cluster.Minor < 25)
            Array.ForEach(Directory.GetFiles(Path.Combine(copy, "files/crds")), static file => Edit(file, static text => Validations().Replace(text, "")));
        if (without is not null)
            Edit(Path.Combine(copy, "files/crds/mockservers.yaml"), text => text.Replace($" {without}:", $" {without}OfLater:", StringComparison.Ordinal));
        return copy;
    }

    private string[] Values(string runtime) =>
    [
        "--namespace", Space, "--wait", "--timeout", "4m",
        .. Image("image", cluster.OperatorImage), .. Image("runtime.image", runtime),
        "--set", $"tests.image={CurlImage.Reference}",
        // Kubernetes 1.20 has no policy/v1.
        .. cluster.Minor < 21 ? new[] { "--set", "podDisruptionBudget.enabled=false" } : [],
    ];

    private static string[] Image(string value, string reference)
    {
        var colon = reference.LastIndexOf(':');
        return ["--set", $"{value}.repository={reference[..colon]}", "--set-string", $"{value}.tag={reference[(colon + 1)..]}"];
    }

    /// <summary>Helm 4 applies server-side, and leaves others the fields that they own until it is told otherwise; Helm 3 does not ask.</summary>
    private async Task<string[]> ForceAsync() => (await cluster.HelmAsync("version", "--short")).StartsWith("v3", StringComparison.Ordinal) ? [] : ["--force-conflicts"];

    private async Task<bool> KnowsAsync(string field) =>
        (await cluster.Api.GetAsync(Definition))["spec"]!["versions"]![0]!["schema"]!["openAPIV3Schema"]!["properties"]!["spec"]!["properties"]!.AsObject().ContainsKey(field);

    private async Task<string> HelmAsync(string verb, string chart, string[] arguments, bool isInstalled = false)
    {
        try
        {
            return await cluster.HelmAsync(isInstalled ? [verb, chart, .. arguments] : [verb, "chart", chart, .. arguments]);
        }
        catch (InvalidOperationException exception)
        {
            throw new InvalidOperationException($"{exception.Message}\n{await cluster.StateAsync()}", exception);
        }
    }

    private static void Edit(string file, Func<string, string> change) => File.WriteAllText(file, change(File.ReadAllText(file)));

    [GeneratedRegex("^version: .*$", RegexOptions.Multiline)]
    private static partial Regex ChartVersion();

    [GeneratedRegex(@"^(?<indent> *)x-kubernetes-validations:\n(\k<indent>[- ].*\n)+", RegexOptions.Multiline | RegexOptions.ExplicitCapture)]
    private static partial Regex Validations();

    [GeneratedRegex("^kubeVersion: .*$", RegexOptions.Multiline)]
    private static partial Regex KubeVersion();
}
