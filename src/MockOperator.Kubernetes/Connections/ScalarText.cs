using System.Text.Json;
using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Connections;

/// <summary>Takes numbers and booleans for texts where texts are wanted, as kubectl does: a namespace <c>123</c> needs no quotes in a kubeconfig (sigs.k8s.io/yaml, convertToJSONableObject).</summary>
internal sealed class ScalarText : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.TokenType switch
    {
        JsonTokenType.String => reader.GetString(),
        JsonTokenType.True => "true",
        JsonTokenType.False => "false",
        JsonTokenType.Number => JsonElement.ParseValue(ref reader).GetRawText(),
        _ => throw new JsonException(),
    };

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);

    /// <inheritdoc/>
    public override string ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString()!;

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WritePropertyName(value);
}
