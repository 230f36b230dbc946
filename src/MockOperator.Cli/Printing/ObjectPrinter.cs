using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using k8s;
using k8s.Models;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Connections;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Yaml;

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

    /// <summary>Prints what would be made: documents of YAML one after the other, a list in JSON, and a line each by name.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="format">Json, Yaml or Name.</param>
    /// <param name="made">ConfigMaps, Secrets, Collections, MockServers.</param>
    public static void WriteAll(CommandConsole console, OutputFormat format, IReadOnlyList<IKubernetesObject<V1ObjectMeta>> made)
    {
        if (format == OutputFormat.Name)
        {
            foreach (var one in made)
                console.Out.WriteLine($"{ResourceKind.Of(one.GetType()).ToString().ToLowerInvariant()}/{one.Metadata.Name}");
        }
        else if (format == OutputFormat.Json && made.Count > 1)
        {
            console.Out.WriteLine(Encoding.UTF8.GetString(Json(
                json =>
                {
                    json.WriteStartObject();
                    json.WriteString("apiVersion", "v1");
                    json.WriteString("kind", "List");
                    json.WriteStartArray("items");
                    foreach (var one in made)
                        WriteAny(json, one);
                    json.WriteEndArray();
                    json.WriteEndObject();
                },
                Indented)));
        }
        else
        {
            for (var index = 0; index < made.Count; index++)
            {
                var one = made[index];
                if (index > 0)
                    console.Out.Write("---\n");
                Write(console, format, json => WriteAny(json, one), Array.Empty<V1ConfigMap>());
            }
        }
    }

    private static void WriteAny(Utf8JsonWriter json, IKubernetesObject<V1ObjectMeta> one)
    {
        switch (one)
        {
            case MockServer mock:
                WriteObject(json, mock);
                break;
            case Collection collection:
                WriteObject(json, collection);
                break;
            case V1ConfigMap map:
                WriteObject(json, map);
                break;
            case V1Secret secret:
                WriteObject(json, secret);
                break;
            default:
                throw new ArgumentException($"{one.Kind} is not made here.", nameof(one));
        }
    }

    /// <summary>Prints JSON as it is sent.</summary>
    /// <param name="console">Where to.</param>
    /// <param name="format">Json or Yaml.</param>
    /// <param name="json">The JSON.</param>
    public static void WriteRaw(CommandConsole console, OutputFormat format, ReadOnlyMemory<byte> json)
    {
        using var parsed = JsonDocument.Parse(json);
        Write(console, format, parsed.RootElement.WriteTo, Array.Empty<V1ConfigMap>());
    }

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
