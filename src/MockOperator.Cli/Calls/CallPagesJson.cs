using System.Text.Json.Serialization;

namespace MockOperator.Cli.Calls;

/// <summary>Writes calls.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CallPages))]
[JsonSerializable(typeof(CallPages.Item))]
internal sealed partial class CallPagesJson : JsonSerializerContext;
