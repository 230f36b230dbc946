using System.Text.Json.Serialization;
using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Tests.Projections;

/// <summary>Writes what stores keep of metadata, to measure it. The toolkit reads it by itself and never writes it.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MetadataOf<V1ConfigMap>))]
[JsonSerializable(typeof(MetadataOf<V1ReplicaSet>))]
internal sealed partial class StoredMetadataJson : JsonSerializerContext;
