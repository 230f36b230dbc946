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
[JsonSerializable(typeof(CollectionList))]
[JsonSerializable(typeof(EnvironmentList))]
[JsonSerializable(typeof(EnvironmentEnvelope))]
[JsonSerializable(typeof(EnvironmentExport))]
[JsonSerializable(typeof(WorkspaceList))]
[JsonSerializable(typeof(WorkspaceEnvelope))]
[JsonSerializable(typeof(AccountAnswer))]
[JsonSerializable(typeof(JsonObject))]
[JsonSerializable(typeof(NamedMock))]
[JsonSerializable(typeof(NamedCollection))]
[JsonSerializable(typeof(NamedEnvironment))]
internal sealed partial class PostmanJson : JsonSerializerContext;
