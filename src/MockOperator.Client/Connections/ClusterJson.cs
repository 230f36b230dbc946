using System.Text.Json.Serialization;
using k8s.Models;

namespace MockOperator.Client.Connections;

/// <summary>
/// Reads and writes the kinds of Kubernetes itself that are used with the rights of callers. The package's own context knows all there are, and was a quarter of the program.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(V1Pod))]
[JsonSerializable(typeof(V1Deployment))]
[JsonSerializable(typeof(V1Service))]
[JsonSerializable(typeof(V1Ingress))]
[JsonSerializable(typeof(V1SelfSubjectAccessReview))]
internal sealed partial class ClusterJson : JsonSerializerContext;
