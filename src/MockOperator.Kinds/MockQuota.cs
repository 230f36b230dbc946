using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A quota, as the API server stores it.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "mockquotas")]
public sealed class MockQuota : CustomKubernetesEntity<MockQuotaSpec, MockQuotaStatus>
{
    /// <summary>What <c>kind</c> says in a manifest.</summary>
    public const string KubeKind = "MockQuota";

    /// <summary>Whether the store left out the selector, because it breaks a rule: the quota then covers every mock of its namespace.</summary>
    [JsonIgnore]
    public bool IsSelectorLeftOut { get; set; }
}
