using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Client.Workloads;

namespace MockOperator.Client.Connections;

/// <summary>
/// Reads and writes the kinds of Kubernetes itself that are used with the rights of callers. The package's own context knows all there are, which was a quarter of <c>kubectl-mock</c> and two thirds of the
/// time it takes to start; and what is only looked at is a <see cref="Workloads"/> type, since a pod of the package brings two hundred others.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(V1SelfSubjectAccessReview))]
[JsonSerializable(typeof(Pod))]
[JsonSerializable(typeof(Deployment))]
[JsonSerializable(typeof(Service))]
[JsonSerializable(typeof(Ingress))]
internal sealed partial class ClusterJson : JsonSerializerContext;
