using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Client.Workloads;

/// <summary>A Deployment, as far as it is looked at here. It is read and never written.</summary>
[KubernetesEntity(Group = V1Deployment.KubeGroup, ApiVersion = V1Deployment.KubeApiVersion, Kind = V1Deployment.KubeKind, PluralName = V1Deployment.KubePluralName)]
public sealed class Deployment : CustomKubernetesEntity<DeploymentSpec, DeploymentStatus>;
