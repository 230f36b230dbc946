using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Writes collections as Postman exports them: v2.1, indented by tabs.</summary>
internal static class PostmanForm
{
    /// <summary>The host of requests that were written without one.</summary>
    public const string Host = "{{baseUrl}}";

    private const string Schema = "https://schema.getpostman.com/json/collection/v2.1.0/collection.json";

    /// <summary>As Postman writes: a letter is a letter, whatever its language.</summary>
    internal static readonly JsonWriterOptions Indented = new()
    {
        Indented = true,
        IndentCharacter = '\t',
        IndentSize = 1,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        MaxDepth = 1000,
    };

    /// <summary>Examples as a collection: one request for each method and path, the examples saved in it.</summary>
    public static ReadOnlyMemory<byte> Of(string name, IReadOnlyList<ExampleSpec> examples) => Write(json =>
    {
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("name", name);
        json.WriteString("schema", Schema);
        json.WriteEndObject();
        json.WriteStartArray("item");
        foreach (var ofRequest in examples.GroupBy(static example => $"{SavedResponse.MethodOf(example.Request)} {example.Request?.Path}", StringComparer.Ordinal))
            SavedResponse.WriteItem(json, ofRequest.Key, Host, [.. ofRequest]);
        json.WriteEndArray();
        json.WriteStartArray("variable");
        json.WriteStartObject();
        json.WriteString("key", "baseUrl");
        json.WriteString("value", "");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    });

    /// <summary>A document that an API server kept as a field: its members stand in the server's order.</summary>
    public static ReadOnlyMemory<byte> Of(JsonElement document) => Write(document.WriteTo);

    /// <summary>Writes JSON, indented.</summary>
    internal static ReadOnlyMemory<byte> Write(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Indented))
            write(json);
        return bytes.WrittenMemory;
    }
}
