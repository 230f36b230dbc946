using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Client.Workloads;

/// <summary>A pod, as far as it is looked at here. It is read and never written: what it leaves out would be lost.</summary>
[KubernetesEntity(Group = V1Pod.KubeGroup, ApiVersion = V1Pod.KubeApiVersion, Kind = V1Pod.KubeKind, PluralName = V1Pod.KubePluralName)]
public sealed class Pod : CustomKubernetesEntity<PodSpec, PodStatus>;
