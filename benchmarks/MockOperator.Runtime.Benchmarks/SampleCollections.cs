using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>Postman collections to measure with.</summary>
internal static class SampleCollections
{
    private const double EmptyExampleBytes = 450;
    private const double RowBytes = 54;

    /// <summary>The body of every static example, and of what the runtime is measured against.</summary>
    public const string Body = """{"id":4711,"name":"Rex","tag":"dog","status":"available","photoUrls":["https://example.com/rex.png"]}""";

    /// <summary>So many examples <c>GET /items/n/details</c>, static.</summary>
    public static byte[] Static(int examples) => Write(Enumerable.Range(0, examples).Select(static n => ($"/items/{n}/details", Body)));

    /// <summary>Static examples and one with a wildcard that its body repeats.</summary>
    public static byte[] Wildcard(int examples) => Write([
        .. Enumerable.Range(0, examples).Select(static n => ($"/items/{n}/details", Body)),
        ("/users/{{userId}}", """{"id":"{{userId}}","name":"Rex","tag":"dog","status":"available","photoUrls":["https://example.com/rex.png"]}"""),
    ]);

    /// <summary>Static examples and one whose body has four dynamic values.</summary>
    public static byte[] Template(int examples) => Write([
        .. Enumerable.Range(0, examples).Select(static n => ($"/items/{n}/details", Body)),
        ("/random", """{"id":"{{$guid}}","name":"{{$randomFirstName}}","number":{{$randomInt}},"at":"{{$isoTimestamp}}","status":"available"}"""),
    ]);

    /// <summary>A collection of about so many bytes, 10 KB an example.</summary>
    public static byte[] Large(int bytes) =>
        Write(Enumerable.Range(0, bytes / 10_400).Select(static n => ($"/items/{n}/details", "{\"text\":\"" + new string((char)('a' + (n % 26)), 10_000) + "\"}")));

    /// <summary>A collection of about so many bytes in so many examples, whose bodies are full of escapes as JSON in JSON is.</summary>
    public static byte[] Many(int bytes, int examples)
    {
        int rows = (int)Math.Round(Math.Max(0, (bytes / examples) - EmptyExampleBytes) / RowBytes);
        return Write(Enumerable.Range(0, examples).Select(n => ($"/items/{n}/details", $"[{string.Join(',', Enumerable.Range(0, rows).Select(row => $"{{\"id\":{n % 10},\"name\":\"row {row % 10}\"}}"))}]")));
    }

    private static byte[] Write(IEnumerable<(string Path, string Body)> examples)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("info");
            json.WriteString("name", "Benchmark");
            json.WriteString("schema", "https://schema.getpostman.com/json/collection/v2.1.0/collection.json");
            json.WriteEndObject();
            json.WriteStartArray("item");
            int number = 0;
            foreach ((string path, string body) in examples)
            {
                WriteItem(json, path, body, number++);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteItem(Utf8JsonWriter json, string path, string body, int number)
    {
        json.WriteStartObject();
        json.WriteString("name", "item " + number.ToString(CultureInfo.InvariantCulture));
        WriteRequest(json, "request", path);
        json.WriteStartArray("response");
        json.WriteStartObject();
        json.WriteString("id", new Guid(number, 0, 0, Encoding.ASCII.GetBytes("example!")).ToString());
        json.WriteString("name", "ok");
        WriteRequest(json, "originalRequest", path);
        json.WriteNumber("code", 200);
        json.WriteStartArray("header");
        json.WriteStartObject();
        json.WriteString("key", "Content-Type");
        json.WriteString("value", "application/json");
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteString("body", body);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, string name, string path)
    {
        json.WriteStartObject(name);
        json.WriteString("method", "GET");
        json.WriteStartObject("url");
        json.WriteString("raw", "{{baseUrl}}" + path);
        json.WriteStartArray("host");
        json.WriteStringValue("{{baseUrl}}");
        json.WriteEndArray();
        json.WriteStartArray("path");
        foreach (string segment in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            json.WriteStringValue(segment);
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }
}
