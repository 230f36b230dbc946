using System.Text.Json.Serialization;

namespace MockOperator.Resources;

/// <summary>The JSON form of remembered calls, for those who read them.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, MaxDepth = 32)]
[JsonSerializable(typeof(CallPage))]
[JsonSerializable(typeof(MockCall))]
public sealed partial class CallJson : JsonSerializerContext;
