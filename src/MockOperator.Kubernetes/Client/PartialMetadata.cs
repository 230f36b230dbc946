using System.Text.Json.Serialization;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

/// <summary>What a server answers that was asked for metadata alone: <c>PartialObjectMetadata</c> of <c>meta.k8s.io/v1</c>.</summary>
internal sealed class PartialMetadata
{
    [JsonPropertyName("apiVersion")]
    public string? ApiVersion { get; set; }

    [JsonPropertyName("kind")]
    public string? Kind { get; set; }

    [JsonPropertyName("metadata")]
    public V1ObjectMeta? Metadata { get; set; }
}
