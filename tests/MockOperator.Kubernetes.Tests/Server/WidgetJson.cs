using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Tests.Server;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Widget))]
[JsonSerializable(typeof(WidgetSpec))]
[JsonSerializable(typeof(WidgetStatus))]
internal sealed partial class WidgetJson : JsonSerializerContext;
