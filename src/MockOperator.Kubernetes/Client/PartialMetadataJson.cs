using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads <see cref="PartialMetadata"/>; the metadata in it is read by the package's own rules, which are asked first.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(PartialMetadata))]
internal sealed partial class PartialMetadataJson : JsonSerializerContext;
