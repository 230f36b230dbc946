using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Client.Workloads;

/// <summary>An Ingress, as far as it is looked at here. It is read and never written.</summary>
[KubernetesEntity(Group = V1Ingress.KubeGroup, ApiVersion = V1Ingress.KubeApiVersion, Kind = V1Ingress.KubeKind, PluralName = V1Ingress.KubePluralName)]
public sealed class Ingress : CustomKubernetesEntity<IngressSpec, IngressStatus>;
