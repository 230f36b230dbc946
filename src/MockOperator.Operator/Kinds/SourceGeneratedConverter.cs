using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using MockOperator.Resources;

namespace MockOperator.Operator.Kinds;

/// <summary>
/// Reads and writes a record of <c>MockOperator.Resources</c> by <see cref="ResourceJson"/> wherever it is met, so that the operator and the runtime
/// agree on every letter whatever the options of the Kubernetes client are.
/// </summary>
/// <typeparam name="T">A record that <see cref="ResourceJson"/> knows.</typeparam>
internal sealed class SourceGeneratedConverter<T> : JsonConverter<T>
{
    private static readonly JsonTypeInfo<T> s_type = (JsonTypeInfo<T>)ResourceJson.Default.GetTypeInfo(typeof(T))!;

    /// <inheritdoc/>
    public override T? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => JsonSerializer.Deserialize(ref reader, s_type);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, s_type);
}
