using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using k8s;
using k8s.Models;

namespace MockOperator.Kinds;

/// <summary>A Gateway of the Gateway API. The operator reads what its listeners speak and whether it has an address, and writes none.</summary>
[KubernetesEntity(Group = HttpRoute.KubeGroup, ApiVersion = "v1", Kind = "Gateway", PluralName = "gateways")]
public sealed class Gateway : IKubernetesObject<V1ObjectMeta>
{
    /// <inheritdoc/>
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = HttpRoute.KubeGroup + "/v1";

    /// <inheritdoc/>
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = "Gateway";

    /// <inheritdoc/>
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Desired state, with the listeners.</summary>
    [JsonPropertyName("spec")]
    public JsonObject? Spec { get; set; }

    /// <summary>Observed state, with the addresses.</summary>
    [JsonPropertyName("status")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public JsonObject? Status { get; set; }
}
