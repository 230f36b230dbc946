using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Client.Workloads;

/// <summary>A Service, as far as it is looked at here. It is read and never written.</summary>
[KubernetesEntity(Group = V1Service.KubeGroup, ApiVersion = V1Service.KubeApiVersion, Kind = V1Service.KubeKind, PluralName = V1Service.KubePluralName)]
public sealed class Service : CustomKubernetesEntity<ServiceSpec, ServiceStatus>;
