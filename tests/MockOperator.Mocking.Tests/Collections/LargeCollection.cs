using System.Text.Json;

namespace MockOperator.Mocking.Tests.Collections;

/// <summary>A collection as large as Postman exports them, made the same every time.</summary>
internal static class LargeCollection
{
    /// <summary>Writes a v2.1 collection of about that many bytes: folders of 20 requests, each with two examples.</summary>
    public static byte[] Write(int bytes, int bodyLength = 2_000)
    {
        using var stream = new MemoryStream(bytes + 100_000);
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true, IndentCharacter = '\t', IndentSize = 1 });
        json.WriteStartObject();
        json.WriteStartObject("info");
        json.WriteString("name", "Large");
        json.WriteString("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
        json.WriteEndObject();
        json.WriteStartArray("item");
        for (int folder = 0; json.BytesCommitted + json.BytesPending < bytes; folder++)
        {
            WriteFolder(json, folder, bytes, bodyLength);
        }

        json.WriteEndArray();
        json.WriteStartArray("variable");
        json.WriteStartObject();
        json.WriteString("key", "baseUrl");
        json.WriteString("value", "https://large.example.com");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return stream.ToArray();
    }

    private static void WriteFolder(Utf8JsonWriter json, int folder, int bytes, int bodyLength)
    {
        json.WriteStartObject();
        json.WriteString("name", $"resource {folder}");
        json.WriteStartArray("item");
        for (int item = 0; item < 20 && json.BytesCommitted + json.BytesPending < bytes; item++)
        {
            json.WriteStartObject();
            json.WriteString("name", $"request {item}");
            WriteRequest(json, "request", folder, item);
            json.WriteStartArray("response");
            WriteExample(json, folder, item, 200, bodyLength);
            WriteExample(json, folder, item, 404, bodyLength / 4);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteExample(Utf8JsonWriter json, int folder, int item, int code, int bodyLength)
    {
        json.WriteStartObject();
        json.WriteString("name", $"answer {code}");
        WriteRequest(json, "originalRequest", folder, item);
        json.WriteString("status", code == 200 ? "OK" : "Not Found");
        json.WriteNumber("code", code);
        json.WriteString("_postman_previewlanguage", "json");
        json.WriteStartArray("header");
        foreach ((string key, string value) in (ReadOnlySpan<(string, string)>)[("Content-Type", "application/json"), ("Cache-Control", "no-store"), ("Content-Length", "17")])
        {
            json.WriteStartObject();
            json.WriteString("key", key);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("cookie");
        json.WriteEndArray();
        json.WriteString("body", Body(folder, item, bodyLength));
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, string property, int folder, int item)
    {
        json.WriteStartObject(property);
        json.WriteString("method", "GET");
        json.WriteStartArray("header");
        json.WriteEndArray();
        json.WriteStartObject("url");
        json.WriteString("raw", $"{{{{baseUrl}}}}/resource{folder}/{item}?page=1");
        json.WriteStartArray("host");
        json.WriteStringValue("{{baseUrl}}");
        json.WriteEndArray();
        json.WriteStartArray("path");
        json.WriteStringValue($"resource{folder}");
        json.WriteStringValue($"{item}");
        json.WriteEndArray();
        json.WriteStartArray("query");
        json.WriteStartObject();
        json.WriteString("key", "page");
        json.WriteString("value", "1");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static string Body(int folder, int item, int length)
    {
        string row = $"  {{\"resource\": {folder}, \"item\": {item}, \"name\": \"Ann\"}},\n";
        return "[\n" + string.Concat(Enumerable.Repeat(row, Math.Max(1, length / row.Length))) + "  {}\n]";
    }
}
