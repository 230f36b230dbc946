using System.Text.Json;
using System.Text.Json.Serialization;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads and writes what the toolkit itself asks for, whoever uses it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PartialMetadata))]
[JsonSerializable(typeof(V1ObjectMeta))]
[JsonSerializable(typeof(JsonElement))]
[JsonSerializable(typeof(V1DeleteOptions))]
[JsonSerializable(typeof(V1Lease))]
[JsonSerializable(typeof(Eventsv1Event))]
internal sealed partial class ToolkitJson : JsonSerializerContext;
