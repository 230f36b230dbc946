using System.Text.Json.Serialization;
using k8s;
using k8s.Models;
using MockOperator.Resources;

namespace MockOperator.Operator.Kinds;

/// <summary>A mock server, as the API server stores it.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = KubePlural)]
public sealed class MockServer : IKubernetesObject<V1ObjectMeta>, ISpec<MockServerSpec>, IStatus<MockServerStatus?>
{
    /// <summary>What <c>kind</c> says in a manifest.</summary>
    public const string KubeKind = "MockServer";

    /// <summary>The name in URLs of the API.</summary>
    public const string KubePlural = "mockservers";

    /// <inheritdoc/>
    [JsonPropertyName("apiVersion")]
    public string ApiVersion { get; set; } = ApiGroup.ApiVersion;

    /// <inheritdoc/>
    [JsonPropertyName("kind")]
    public string Kind { get; set; } = KubeKind;

    /// <inheritdoc/>
    [JsonPropertyName("metadata")]
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Desired state; null only in the body of a write that says nothing of it.</summary>
    [JsonPropertyName("spec")]
    [JsonConverter(typeof(SourceGeneratedConverter<MockServerSpec>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MockServerSpec Spec { get; set; } = null!;

    /// <summary>Observed state.</summary>
    [JsonPropertyName("status")]
    [JsonConverter(typeof(SourceGeneratedConverter<MockServerStatus>))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public MockServerStatus? Status { get; set; }
}
