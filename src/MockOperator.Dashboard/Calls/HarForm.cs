using System.Text.Json;
using MockOperator.Dashboard.Pages;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Calls;

/// <summary>HTTP Archive 1.2 (http://www.softwareishard.com/blog/har-12-spec/).</summary>
internal static class HarForm
{
    /// <summary>Begins the log, up to its entries.</summary>
    public static void WriteHead(Utf8JsonWriter json)
    {
        json.WriteStartObject("log");
        json.WriteString("version", "1.2");
        json.WriteStartObject("creator");
        json.WriteString("name", "mock-operator");
        json.WriteString("version", typeof(HarForm).Assembly.GetName().Version?.ToString(3) ?? "0");
        json.WriteEndObject();
    }

    /// <summary>Writes a call.</summary>
    public static void WriteEntry(Utf8JsonWriter json, MockCall call, string mock)
    {
        var waited = call.DelayMilliseconds ?? 0;
        json.WriteStartObject();
        json.WriteString("startedDateTime", Show.Moment(call.ServedAt.AddMilliseconds(-call.DurationMilliseconds - waited)));
        json.WriteNumber("time", call.DurationMilliseconds + waited);

        json.WriteStartObject("request");
        json.WriteString("method", call.Request.Method);
        json.WriteString("url", $"http://{mock}{call.Request.Path}");
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteCommon(json, call.Request.Headers, call.Request.Body);
        json.WriteStartArray("queryString");
        foreach (var (name, value) in Query(call.Request.Path))
            WritePair(json, name, value);
        json.WriteEndArray();
        if (call.Request.Body is { Text: { Length: > 0 } text })
        {
            json.WriteStartObject("postData");
            json.WriteString("mimeType", TypeOf(call.Request.Headers));
            json.WriteString("text", text);
            json.WriteEndObject();
        }

        json.WriteEndObject();

        json.WriteStartObject("response");
        json.WriteNumber("status", call.Response.Status);
        json.WriteString("statusText", "");
        json.WriteString("httpVersion", "HTTP/1.1");
        WriteCommon(json, call.Response.Headers, call.Response.Body);
        json.WriteStartObject("content");
        json.WriteNumber("size", call.Response.Body?.Length ?? 0);
        json.WriteString("mimeType", TypeOf(call.Response.Headers));
        if (call.Response.Body is { Text: { } answer })
        {
            json.WriteString("text", answer);
        }
        else if (call.Response.Body is { Base64: { } bytes })
        {
            json.WriteString("text", bytes);
            json.WriteString("encoding", "base64");
        }

        json.WriteEndObject();
        json.WriteString("redirectURL", "");
        json.WriteEndObject();

        json.WriteStartObject("cache");
        json.WriteEndObject();
        json.WriteStartObject("timings");
        json.WriteNumber("send", 0);
        json.WriteNumber("wait", call.DurationMilliseconds + waited);
        json.WriteNumber("receive", 0);
        json.WriteEndObject();
        json.WriteString("comment", call.Example is { } example ? $"{call.Outcome}: {example.Name}" : call.Outcome);
        json.WriteEndObject();
    }

    private static void WriteCommon(Utf8JsonWriter json, IReadOnlyList<CalledHeader>? headers, CalledBody? body)
    {
        json.WriteStartArray("cookies");
        json.WriteEndArray();
        json.WriteStartArray("headers");
        foreach (var header in headers ?? [])
            WritePair(json, header.Name, header.Value);
        json.WriteEndArray();
        json.WriteNumber("headersSize", -1);
        json.WriteNumber("bodySize", body?.Length ?? 0);
    }

    private static void WritePair(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    private static IEnumerable<(string Name, string Value)> Query(string path)
    {
        var question = path.IndexOf('?', StringComparison.Ordinal);
        foreach (var pair in question < 0 ? [] : path[(question + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            yield return equals < 0 ? (pair, "") : (pair[..equals], pair[(equals + 1)..]);
        }
    }

    private static string TypeOf(IReadOnlyList<CalledHeader>? headers) =>
        headers?.FirstOrDefault(header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase))?.Value ?? "application/octet-stream";
}
