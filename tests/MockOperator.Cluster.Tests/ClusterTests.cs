using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests;

public class ClusterTests(TestCluster cluster)
{
    [Fact]
    public async Task The_custom_resources_are_accepted()
    {
        await cluster.InstallAsync("config/crd");

        foreach (var plural in new[] { "mockservers", "collections" })
        {
            await Eventually.TrueAsync(
                $"{plural} is established",
                async () => (await cluster.Api.GetAsync($"apis/apiextensions.k8s.io/v1/customresourcedefinitions/{plural}.mockoperator.dev"))["status"]!["conditions"]!
                    .AsArray().Any(condition => condition!["type"]!.GetValue<string>() == "Established" && condition["status"]!.GetValue<string>() == "True"),
                cluster.StateAsync);
        }
    }
}
