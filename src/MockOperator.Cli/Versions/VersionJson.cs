using System.Text.Json.Serialization;

namespace MockOperator.Cli.Versions;

/// <summary>Writes versions.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MetVersions))]
internal sealed partial class VersionJson : JsonSerializerContext;
