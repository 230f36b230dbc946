using System.Buffers;
using System.Text.Json;

namespace MockOperator.Client.Collections;

/// <summary>A JSON patch (RFC 6902) in the making. It begins with the version of the object that it is meant for: of any other it is refused.</summary>
/// <param name="resourceVersion">The version of the object that was read.</param>
internal sealed class JsonPatch(string resourceVersion)
{
    private readonly List<(string Operation, string Path, Action<Utf8JsonWriter>? Value)> _changes =
        [("replace", "/metadata/resourceVersion", json => json.WriteStringValue(resourceVersion))];

    /// <summary>Sets a member, whether or not it is there, or inserts into a list; <c>-</c> is its end.</summary>
    public JsonPatch Add(string path, Action<Utf8JsonWriter> value)
    {
        _changes.Add(("add", path, value));
        return this;
    }

    /// <summary>Removes a member that is there.</summary>
    public JsonPatch Remove(string path)
    {
        _changes.Add(("remove", path, null));
        return this;
    }

    /// <summary>Writes the patch.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        var bytes = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(bytes);
        json.WriteStartArray();
        foreach (var (operation, path, value) in _changes)
        {
            json.WriteStartObject();
            json.WriteString("op", operation);
            json.WriteString("path", path);
            if (value is not null)
            {
                json.WritePropertyName("value");
                value(json);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.Flush();
        return bytes.WrittenMemory;
    }
}
