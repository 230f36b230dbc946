using System.Text.Json.Serialization;
using k8s.Models;

namespace MockOperator.Operator.Desired;

/// <summary>
/// Reads and writes the kinds of Kubernetes itself that the operator keeps, asks for or writes. The package's own context knows all there are, and what it knows is compiled into the program and laid
/// out in memory at its start.
/// </summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(V1ConfigMap))]
[JsonSerializable(typeof(V1Deployment))]
[JsonSerializable(typeof(V1Ingress))]
[JsonSerializable(typeof(V1IngressClass))]
[JsonSerializable(typeof(V1Pod))]
[JsonSerializable(typeof(V1Secret))]
[JsonSerializable(typeof(V1Service))]
[JsonSerializable(typeof(V1ServiceAccount))]
internal sealed partial class OperatorJson : JsonSerializerContext;
