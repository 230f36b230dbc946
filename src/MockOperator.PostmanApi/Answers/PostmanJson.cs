using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace MockOperator.PostmanApi.Answers;

/// <summary>How answers are written.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(MockEnvelope))]
[JsonSerializable(typeof(MockList))]
[JsonSerializable(typeof(ServerResponseLine[]))]
[JsonSerializable(typeof(ServerResponseAnswer))]
[JsonSerializable(typeof(CallLogPage))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(NamedMock))]
[JsonSerializable(typeof(NamedCollection))]
[JsonSerializable(typeof(NamedEnvironment))]
internal sealed partial class PostmanJson : JsonSerializerContext;
