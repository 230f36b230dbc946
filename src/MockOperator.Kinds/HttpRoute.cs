using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kinds;

/// <summary>An HTTPRoute of the Gateway API, whose types the Kubernetes client does not have. Its status has a condition for each parent.</summary>
[KubernetesEntity(Group = KubeGroup, ApiVersion = "v1", Kind = "HTTPRoute", PluralName = "httproutes")]
public sealed class HttpRoute : CustomKubernetesEntity<JsonObject, JsonObject>
{
    /// <summary>The API group.</summary>
    public const string KubeGroup = "gateway.networking.k8s.io";
}
