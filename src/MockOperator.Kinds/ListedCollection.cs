using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>A collection as far as lists of many look at it: without its content. It is read and never written: what it leaves out would be lost.</summary>
[KubernetesEntity(Group = ApiGroup.Name, ApiVersion = ApiGroup.Version, Kind = Collection.KubeKind, PluralName = "collections")]
public sealed class ListedCollection : CustomKubernetesEntity<ListedCollectionSpec, CollectionStatus>;
