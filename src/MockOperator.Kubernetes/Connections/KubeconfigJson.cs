using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Connections;

/// <summary>Reads kubeconfigs and what credential plugins say.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, Converters = [typeof(ScalarText)])]
[JsonSerializable(typeof(KubeconfigDocument))]
[JsonSerializable(typeof(ExecCredential))]
internal sealed partial class KubeconfigJson : JsonSerializerContext;
