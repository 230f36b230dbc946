using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A collection, as the API server stores it.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = KubeKind, PluralName = "collections")]
public sealed class Collection : CustomKubernetesEntity<CollectionSpec, CollectionStatus>
{
    /// <summary>What <c>kind</c> says in a manifest.</summary>
    public const string KubeKind = "Collection";

    /// <summary>Whether the store left the content out, because it is large: it is read when it is needed.</summary>
    [JsonIgnore]
    public bool IsTrimmed { get; set; }
}
