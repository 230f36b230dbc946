using System.Buffers;
using System.Text.Json;

namespace MockOperator.Client.Collections;

/// <summary>A JSON patch (RFC 6902) in the making. It begins with the version of the object that it is meant for: of any other it is refused.</summary>
internal sealed class JsonPatch
{
    private readonly ArrayBufferWriter<byte> _bytes = new();
    private readonly Utf8JsonWriter _json;

    /// <summary>Begins a patch.</summary>
    /// <param name="resourceVersion">The version of the object that was read.</param>
    public JsonPatch(string resourceVersion)
    {
        _json = new Utf8JsonWriter(_bytes);
        _json.WriteStartArray();
        Write("replace", "/metadata/resourceVersion", json => json.WriteStringValue(resourceVersion));
    }

    /// <summary>Sets a member, whether or not it is there, or inserts into a list; <c>-</c> is its end.</summary>
    public JsonPatch Add(string path, Action<Utf8JsonWriter> value)
    {
        Write("add", path, value);
        return this;
    }

    /// <summary>Removes a member that is there.</summary>
    public JsonPatch Remove(string path)
    {
        Write("remove", path, null);
        return this;
    }

    /// <summary>Ends the patch.</summary>
    public ReadOnlyMemory<byte> ToUtf8()
    {
        _json.WriteEndArray();
        _json.Dispose();
        return _bytes.WrittenMemory;
    }

    private void Write(string operation, string path, Action<Utf8JsonWriter>? value)
    {
        _json.WriteStartObject();
        _json.WriteString("op", operation);
        _json.WriteString("path", path);
        if (value is not null)
        {
            _json.WritePropertyName("value");
            value(_json);
        }

        _json.WriteEndObject();
    }
}
