using System.Text.Json.Serialization;

namespace MockOperator.Kinds;

/// <summary>Reads and writes the kinds that the Kubernetes client does not have. Specs and statuses in them go through <see cref="Resources.ResourceJson"/>, which is asked first.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(MockServer))]
[JsonSerializable(typeof(Collection))]
[JsonSerializable(typeof(ListedMock))]
[JsonSerializable(typeof(ListedCollection))]
[JsonSerializable(typeof(MockQuota))]
[JsonSerializable(typeof(HttpRoute))]
[JsonSerializable(typeof(Gateway))]
[JsonSerializable(typeof(TraefikMiddleware))]
public sealed partial class KindJson : JsonSerializerContext;
