using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;
using MockOperator.Cli.Manifests;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.Printing;

/// <summary>Prints objects as kubectl does: several as a <c>List</c>, and without <c>managedFields</c>, which nobody reads.</summary>
internal static class ObjectPrinter
{
    // As kubectl: four spaces, and characters as they are.
    private static readonly JsonWriterOptions Indented = new() { Indented = true, IndentSize = 4, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Prints one object.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="format">Json, Yaml or Name.</param>
    /// <param name="entity">The object, of a kind that <see cref="MockCluster.Json"/> knows.</param>
    public static void Write<T>(CommandConsole console, OutputFormat format, T entity)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(console, format, json => WriteObject(json, entity), [entity]);

    /// <summary>Prints objects of one kind as a list.</summary>
    /// <inheritdoc cref="Write{T}(CommandConsole, OutputFormat, T)"/>
    public static void WriteList<T>(CommandConsole console, OutputFormat format, IReadOnlyCollection<T> entities)
        where T : class, IKubernetesObject<V1ObjectMeta> => Write(console, format, json => WriteList(json, entities), entities);

    /// <summary>Prints a document of ours.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="format">Json or Yaml.</param>
    /// <param name="value">What it says.</param>
    /// <param name="type">How it is written.</param>
    public static void WriteDocument<T>(CommandConsole console, OutputFormat format, T value, JsonTypeInfo<T> type) =>
        Write(console, format, json => JsonSerializer.Serialize(json, value, type), Array.Empty<V1ConfigMap>());

    private static void Write<T>(CommandConsole console, OutputFormat format, Action<Utf8JsonWriter> write, IEnumerable<T> named)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        switch (format)
        {
            case OutputFormat.Name:
                var kind = ResourceKind.Of<T>();
                foreach (var entity in named)
                    console.Out.WriteLine($"{kind.ToString().ToLowerInvariant()}/{entity.Metadata.Name}");
                return;
            case OutputFormat.Json:
                console.Out.WriteLine(Encoding.UTF8.GetString(Json(write, Indented)));
                return;
            case OutputFormat.Yaml:
                YamlWriter.Write(console.Out, Json(write, default));
                return;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "It is for people.");
        }
    }

    private static ReadOnlySpan<byte> Json(Action<Utf8JsonWriter> write, JsonWriterOptions options)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, options))
            write(json);
        return buffer.WrittenSpan;
    }

    private static void WriteList<T>(Utf8JsonWriter json, IEnumerable<T> entities)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        json.WriteStartObject();
        json.WriteString("apiVersion", "v1");
        json.WriteString("kind", "List");
        json.WriteStartArray("items");
        foreach (var entity in entities)
            WriteObject(json, entity);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteObject<T>(Utf8JsonWriter json, T entity)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        (entity.ApiVersion, entity.Kind) = (kind.ApiVersion, kind.Kind);
        entity.Metadata.ManagedFields = null;
        JsonSerializer.Serialize(json, entity, ApiJson.TypeOf<T>(MockCluster.Json));
    }
}
