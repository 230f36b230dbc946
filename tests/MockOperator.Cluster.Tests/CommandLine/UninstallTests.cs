using MockOperator.Cluster.Tests.Clusters;
using MockOperator.Cluster.Tests.Faults;

namespace MockOperator.Cluster.Tests.CommandLine;

/// <summary>The operator comes and goes by the command line.</summary>
[Collection(OneAfterTheOther.Uninstall)]
public sealed class UninstallTests(TestCluster cluster) : IAsyncLifetime
{
    private readonly string _kubeconfig = Path.GetTempFileName();

    public async ValueTask InitializeAsync() => await cluster.CopyKubeconfigAsync(_kubeconfig);

    public ValueTask DisposeAsync()
    {
        File.Delete(_kubeconfig);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task What_is_installed_runs_and_nothing_is_left_of_it_when_it_is_uninstalled()
    {
        var registry = cluster.OperatorImage[..cluster.OperatorImage.LastIndexOf('/')];
        await cluster.TagAsync(cluster.OperatorImage, "installed");
        await cluster.TagAsync(cluster.RuntimeImage, "installed");
        string[] install = ["install", "--registry", registry, "--tag", "installed", "--wait", "--force-conflicts"];
        if (cluster.Minor < 29)
        {
            var refused = await Assert.ThrowsAsync<InvalidOperationException>(() => KubectlMock.RunAsync(_kubeconfig, install));
            Assert.Contains($"The operator runs on Kubernetes 1.29 and newer, and {cluster.Configuration.Host}", refused.Message, StringComparison.Ordinal);
            await new InstalledOperator(cluster).ScaleAsync(2);
        }
        else
        {
            Assert.Contains("deployment.apps/mock-operator applied", await KubectlMock.RunAsync(_kubeconfig, install), StringComparison.Ordinal);
        }

        var space = await MockSpace.CreateAsync(cluster, "uninstalled");
        await KubectlMock.RunAsync(_kubeconfig, "create", "hello", "-n", space.Name, "--path", "/hello", "--body", "Good day!", "--save-url", "frontend/URL", "--wait");
        Assert.NotNull((await cluster.Api.FindAsync(space.Core("configmaps", "frontend")))?["data"]?["URL"]);

        var said = await KubectlMock.RunAsync(_kubeconfig, "uninstall", "--yes");

        Assert.Contains("deployment.apps/mock-operator deleted", said, StringComparison.Ordinal);
        Assert.Null((await cluster.Api.FindAsync(space.Core("configmaps", "frontend")))?["data"]?["URL"]);
        foreach (var path in new[]
        {
            $"apis/apps/v1/namespaces/{TestCluster.OperatorNamespace}/deployments/mock-operator",
            "apis/rbac.authorization.k8s.io/v1/clusterroles/mock-operator",
            "apis/rbac.authorization.k8s.io/v1/clusterroles/mock-operator-edit",
            "apis/rbac.authorization.k8s.io/v1/clusterrolebindings/mock-operator",
            "apis/apiextensions.k8s.io/v1/customresourcedefinitions/mockservers.mockoperator.dev",
            "apis/apiextensions.k8s.io/v1/customresourcedefinitions/collections.mockoperator.dev",
            "apis/apiextensions.k8s.io/v1/customresourcedefinitions/mockquotas.mockoperator.dev",
            $"api/v1/namespaces/{TestCluster.OperatorNamespace}",
            $"apis/apps/v1/namespaces/{space.Name}/deployments/hello-mock",
        })
            await Eventually.TrueAsync($"nothing is left at {path}", async () => await cluster.Api.FindAsync(path) is null, cluster.StateAsync);
        // Whoever runs it again is told so.
        Assert.DoesNotContain("deleted", await KubectlMock.RunAsync(_kubeconfig, "uninstall", "--yes"), StringComparison.Ordinal);
    }
}
