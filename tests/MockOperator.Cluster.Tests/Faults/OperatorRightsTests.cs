using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Faults;

[Collection(OneAfterTheOther.Rights)]
public class OperatorRightsTests(TestCluster cluster)
{
    private const string Account = $"system:serviceaccount:{TestCluster.OperatorNamespace}:mock-operator";

    [Fact]
    public Task After_all_ordinary_tests_the_operator_was_refused_nothing() => new InstalledOperator(cluster).WasRefusedNothingAsync();

    [Theory]
    [InlineData("get", "secrets")]
    [InlineData("list", "secrets")]
    [InlineData("watch", "secrets")]
    [InlineData("update", "secrets")]
    [InlineData("delete", "secrets")]
    [InlineData("create", "pods")]
    [InlineData("create", "pods/exec")]
    [InlineData("get", "pods/proxy")]
    [InlineData("create", "serviceaccounts/token")]
    [InlineData("delete", "mockservers.mockoperator.dev")]
    [InlineData("create", "clusterroles.rbac.authorization.k8s.io")]
    [InlineData("create", "clusterrolebindings.rbac.authorization.k8s.io")]
    [InlineData("get", "nodes")]
    [InlineData("*", "*")]
    public async Task The_operator_may_not(string verb, string resource) =>
        Assert.Equal("no", await MayAsync(verb, resource));

    [Theory]
    [InlineData("create", "secrets")]
    [InlineData("patch", "deployments.apps")]
    [InlineData("watch", "mockservers.mockoperator.dev")]
    public async Task The_operator_may(string verb, string resource) =>
        Assert.Equal("yes", await MayAsync(verb, resource));

    private async Task<string> MayAsync(string verb, string resource)
    {
        // kubectl takes what stands after a slash for the name of an object.
        var parts = resource.Split('/');
        try
        {
            return (await cluster.KubectlAsync("auth", "can-i", verb, parts[0], "--subresource", parts.ElementAtOrDefault(1) ?? "", "--as", Account, "--namespace", "default")).Trim();
        }
        catch (InvalidOperationException refused) when (refused.Message.Contains("\nno", StringComparison.Ordinal))
        {
            // kubectl ends with 1 when the answer is no.
            return "no";
        }
    }
}
