using System.Text.Json.Nodes;
using MockOperator.Cluster.Tests.Clusters;

namespace MockOperator.Cluster.Tests.Exposure;

/// <summary>An ingress controller, as far as Ingresses tell of one: the cluster has none.</summary>
internal static class PlayedController
{
    /// <summary>Takes up the Ingress of a mock: gives it an address.</summary>
    public static Task TakeAsync(TestCluster cluster, string mock) => cluster.Api.MergeAsync(
        $"apis/networking.k8s.io/v1/namespaces/default/ingresses/{mock}-mock/status",
        JsonNode.Parse("""{"status": {"loadBalancer": {"ingress": [{"ip": "192.0.2.1"}]}}}""")!.AsObject());
}
