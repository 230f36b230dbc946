using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A mock server, as the API server stores it.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "mockservers")]
public sealed class MockServer : CustomKubernetesEntity<MockServerSpec, MockServerStatus>
{
    /// <summary>What <c>kind</c> says in a manifest.</summary>
    public const string KubeKind = "MockServer";

    /// <summary>Whether the store left out content, because it is large: it is read when the bundle is built.</summary>
    [JsonIgnore]
    public bool IsTrimmed { get; set; }

    /// <summary>Whether the store left out what shapes the children, because it is large: the mock is read at each look at it.</summary>
    [JsonIgnore]
    public bool IsOutlined { get; set; }

    /// <summary>Whether the store left out the labels, because they are large: no selector of labels is taken to pass the mock over.</summary>
    [JsonIgnore]
    public bool AreLabelsLeftOut { get; set; }
}
