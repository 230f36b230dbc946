using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads objects from JSON one by one, so that a bad one spoils only itself.</summary>
internal static class ObjectReading
{
    private const string Null = "null instead of an object";

    /// <summary>An object, or why it could not be read.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options, out UnreadableObject? unreadable)
        where T : class
    {
        try
        {
            unreadable = null;
            var value = IsMetadataOnly<T>() ? Take<T>(JsonSerializer.Deserialize(json, ApiJson.TypeOf<PartialMetadata>(options))) : JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(options));
            if (value is not null)
                return value;
            unreadable = new UnreadableObject(null, null, Null);
        }
        catch (Exception e) when (IsUnfit(e))
        {
            var (key, version) = Peek(json);
            unreadable = new UnreadableObject(key, version, Problem(e));
        }

        return null;
    }

    /// <summary>The object that a body is, read while it arrives: what its type does not have never is in memory.</summary>
    /// <returns>The object, or why it could not be read.</returns>
    public static async Task<(T? Value, string? Problem)> ReadAsync<T>(Stream body, JsonSerializerOptions options, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            var value = IsMetadataOnly<T>()
                ? Take<T>(await JsonSerializer.DeserializeAsync(body, ApiJson.TypeOf<PartialMetadata>(options), cancellationToken))
                : await JsonSerializer.DeserializeAsync(body, ApiJson.TypeOf<T>(options), cancellationToken);
            return (value, value is null ? Null : null);
        }
        catch (Exception e) when (IsUnfit(e))
        {
            return (null, Problem(e));
        }
    }

    /// <summary>Name and version of an object, as far as they can be read.</summary>
    public static (ObjectKey? Key, string? ResourceVersion) Peek(ReadOnlySpan<byte> json)
    {
        string name = "", @namespace = "", version = "";
        try
        {
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
                return (null, null);
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (!reader.ValueTextEquals("metadata"u8))
                {
                    reader.Skip();
                    continue;
                }

                reader.Read();
                ReadMembers(ref reader, (member, value) =>
                {
                    if (member == "name")
                        name = value;
                    else if (member == "namespace")
                        @namespace = value;
                    else if (member == "resourceVersion")
                        version = value;
                });
                break;
            }
        }
        catch (JsonException)
        {
            // What was read before the fault is all there is.
        }

        return (name.Length == 0 ? null : new ObjectKey(@namespace, name), version.Length == 0 ? null : version);
    }

    /// <summary>Reads the members of an object that are texts.</summary>
    public static void ReadMembers(ref Utf8JsonReader reader, Action<string, string> member)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return;
        }

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                member(name, reader.GetString()!);
            else
                reader.Skip();
        }
    }

    /// <summary>What reads objects of a type by hand; null when the serializer does.</summary>
    public static OnePassConverter<T>? OnePass<T>(JsonSerializerOptions options)
        where T : class => IsMetadataOnly<T>() ? null : ApiJson.TypeOf<T>(options).Converter as OnePassConverter<T>;

    private static bool IsMetadataOnly<T>() => typeof(IMetadataOnly).IsAssignableFrom(typeof(T));

    /// <summary>Metadata alone, of whatever kind: no context of a caller has to name each <see cref="MetadataOf{T}"/>.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(MetadataOf<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2091", Justification = "Only MetadataOf is marked so, and the attribute above keeps its constructor.")]
    private static T? Take<T>(PartialMetadata? read)
        where T : class
    {
        if (read is null)
            return null;
        var value = Activator.CreateInstance<T>();
        ((IMetadataOnly)(object)value).Take(read);
        return value;
    }

    /// <summary>Whether an exception says that an object is not of its type.</summary>
    public static bool IsUnfit(Exception e) => e is JsonException or FormatException or NotSupportedException or InvalidOperationException or ArgumentException or OverflowException;

    // The path is safe to show; the exception's message may quote a value.
    private static string Problem(Exception e) => $"{e.GetType().Name}{(e is JsonException { Path: { Length: > 0 } path } ? $" at {path}" : "")}";
}
