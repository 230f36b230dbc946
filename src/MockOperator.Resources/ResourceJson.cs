using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>The JSON form of all resources, by source generation: camelCase, nothing written for what is not set.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 128)]
[JsonSerializable(typeof(MockServerSpec))]
[JsonSerializable(typeof(MockServerStatus))]
[JsonSerializable(typeof(CollectionSpec))]
[JsonSerializable(typeof(CollectionStatus))]
[JsonSerializable(typeof(MockQuotaSpec))]
[JsonSerializable(typeof(MockQuotaStatus))]
public sealed partial class ResourceJson : JsonSerializerContext;
