using System.Text.Json.Nodes;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kinds;

/// <summary>A Gateway of the Gateway API. The operator reads what its listeners speak and whether it has an address, and writes none.</summary>
[KubernetesEntity(Group = HttpRoute.KubeGroup, ApiVersion = "v1", Kind = "Gateway", PluralName = "gateways")]
public sealed class Gateway : CustomKubernetesEntity<JsonObject, JsonObject>;
