using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace MockOperator.Kinds;

/// <summary>A Middleware of Traefik, whose types the Kubernetes client does not have.</summary>
[KubernetesEntity(Group = KubeGroup, ApiVersion = "v1alpha1", Kind = "Middleware", PluralName = "middlewares")]
public sealed class TraefikMiddleware : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>The API group.</summary>
    public const string KubeGroup = "traefik.io";

    /// <inheritdoc/>
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = KubeGroup + "/v1alpha1";

    /// <inheritdoc/>
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "Middleware";

    /// <inheritdoc/>
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Desired state.</summary>
    [JsonPropertyName("spec")]
    public JsonObject? Spec { get; set; }
}
