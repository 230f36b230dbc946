using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads objects from JSON one by one, so that a bad one spoils only itself.</summary>
internal static class ObjectReading
{
    /// <summary>An object, or why it could not be read.</summary>
    public static T? TryRead<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options, out UnreadableObject? unreadable)
        where T : class
    {
        try
        {
            unreadable = null;
            var value = typeof(IMetadataOnly).IsAssignableFrom(typeof(T)) ? ReadMetadata<T>(json, options) : JsonSerializer.Deserialize(json, ApiJson.TypeOf<T>(options));
            if (value is not null)
                return value;
            unreadable = new UnreadableObject(null, null, "null instead of an object");
        }
        catch (Exception e) when (e is JsonException or FormatException or NotSupportedException or InvalidOperationException or ArgumentException or OverflowException)
        {
            var (key, version) = Peek(json);
            // The path is safe to show; the exception's message may quote a value.
            var place = e is JsonException { Path: { Length: > 0 } path } ? $" at {path}" : "";
            unreadable = new UnreadableObject(key, version, $"{e.GetType().Name}{place}");
        }

        return null;
    }

    /// <summary>Metadata alone, of whatever kind: no context of a caller has to name each <see cref="MetadataOf{T}"/>.</summary>
    [DynamicDependency(DynamicallyAccessedMemberTypes.PublicParameterlessConstructor, typeof(MetadataOf<>))]
    [UnconditionalSuppressMessage("Trimming", "IL2091", Justification = "Only MetadataOf is marked so, and the attribute above keeps its constructor.")]
    private static T? ReadMetadata<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options)
        where T : class
    {
        if (JsonSerializer.Deserialize(json, ApiJson.TypeOf<PartialMetadata>(options)) is not { } read)
            return null;
        var value = Activator.CreateInstance<T>();
        ((IMetadataOnly)(object)value).Take(read);
        return value;
    }

    /// <summary>A page of a list.</summary>
    /// <exception cref="JsonException">This is no list.</exception>
    public static ResourcePage<T> ReadPage<T>(ReadOnlySpan<byte> json, JsonSerializerOptions options)
        where T : class
    {
        var items = new List<T>();
        var unreadable = new List<UnreadableObject>();
        string version = "", next = "";
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = options.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("The answer to a list is no object.");

        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("items"u8))
            {
                reader.Read();
                if (reader.TokenType == JsonTokenType.Null)
                    continue;
                if (reader.TokenType != JsonTokenType.StartArray)
                    throw new JsonException("The items of a list are no array.");
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                {
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    var item = TryRead<T>(json[start..(int)reader.BytesConsumed], options, out var problem);
                    if (item is not null)
                        items.Add(item);
                    else
                        unreadable.Add(problem!);
                }
            }
            else if (reader.ValueTextEquals("metadata"u8))
            {
                reader.Read();
                ReadMembers(ref reader, (name, value) =>
                {
                    if (name == "resourceVersion")
                        version = value;
                    else if (name == "continue")
                        next = value;
                });
            }
            else
            {
                reader.Skip();
            }
        }

        // Taken for an empty list, such an answer would delete everything.
        if (version.Length == 0)
            throw new JsonException("The answer to a list has no resourceVersion.");
        return new ResourcePage<T>(items, version, next.Length == 0 ? null : next, unreadable);
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

    private static void ReadMembers(ref Utf8JsonReader reader, Action<string, string> member)
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
}
