using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kinds;

/// <summary>A Middleware of Traefik, whose types the Kubernetes client does not have.</summary>
[KubernetesEntity(Group = KubeGroup, ApiVersion = "v1alpha1", Kind = "Middleware", PluralName = "middlewares")]
public sealed class TraefikMiddleware : CustomKubernetesEntity<JsonObject, JsonObject>
{
    /// <summary>The API group.</summary>
    public const string KubeGroup = "traefik.io";
}
