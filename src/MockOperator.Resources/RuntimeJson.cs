using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>
/// The JSON form of what the runtime reads and writes: bundles, what it says to the operator and hears, and the specs in local manifests. Apart from <see cref="ResourceJson"/>, so that the
/// program in the pods does not carry the code of every status.
/// </summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    MaxDepth = 128,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MockServerSpec))]
[JsonSerializable(typeof(CollectionSpec))]
[JsonSerializable(typeof(MockDefinition))]
[JsonSerializable(typeof(BundleIndex))]
[JsonSerializable(typeof(QuotaInstructions))]
[JsonSerializable(typeof(QuotaReport))]
public sealed partial class RuntimeJson : JsonSerializerContext;
