using System.Globalization;
using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Client.Collections;

/// <summary>Writes a native example as Postman saves one: a response with the request that it belongs to (Collection v2.1).</summary>
internal static class SavedResponse
{
    // Extensions that the reader of collections understands and Postman passes on: a response of Postman has no delay of its own.
    private const string DelayHeader = "x-mock-response-delay";
    private const string BinaryType = "Base64";

    /// <summary>Writes a whole item: the request, and the responses that were saved of it.</summary>
    public static void WriteItem(Utf8JsonWriter json, string name, string host, IReadOnlyList<ExampleSpec> examples)
    {
        json.WriteStartObject();
        json.WriteString("name", name);
        json.WritePropertyName("request");
        WriteRequest(json, host, examples[0].Request);
        json.WriteStartArray("response");
        foreach (var example in examples)
            Write(json, host, example);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Writes a response.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="host">What stands before the path: <c>{{baseUrl}}</c>; empty for nothing.</param>
    /// <param name="example">The example.</param>
    public static void Write(Utf8JsonWriter json, string host, ExampleSpec example)
    {
        var response = example.Response ?? new ExampleResponseSpec();
        var status = response.Status ?? 200;
        json.WriteStartObject();
        json.WriteString("name", example.Name);
        json.WritePropertyName("originalRequest");
        WriteRequest(json, host, example.Request);
        json.WriteString("status", ReasonPhrase.Usual(status) ?? "");
        json.WriteNumber("code", status);
        if (IsGiven(response.Json))
            json.WriteString("_postman_previewlanguage", "json");
        json.WriteStartArray("header");
        WriteHeaders(json, response.Headers);
        if (DelayRules.TryRead(response.Delay, out var delay))
            WriteHeader(json, DelayHeader, ((int)delay.TotalMilliseconds).ToString(CultureInfo.InvariantCulture));
        json.WriteEndArray();
        json.WriteStartArray("cookie");
        json.WriteEndArray();
        if (response.Base64 is { } binary)
        {
            json.WriteStartObject("stream");
            json.WriteString("type", BinaryType);
            json.WriteString("data", binary);
            json.WriteEndObject();
        }
        else
        {
            json.WriteString("body", response.Body ?? Text(response.Json) ?? "");
        }

        json.WriteEndObject();
    }

    private static void WriteRequest(Utf8JsonWriter json, string host, ExampleRequestSpec? request)
    {
        json.WriteStartObject();
        json.WriteString("method", MethodOf(request));
        json.WriteStartArray("header");
        WriteHeaders(json, request?.Headers);
        json.WriteEndArray();
        if ((request?.Body ?? Text(request?.Json)) is { } body)
        {
            json.WriteStartObject("body");
            json.WriteString("mode", "raw");
            json.WriteString("raw", body);
            if (IsGiven(request?.Json))
            {
                json.WriteStartObject("options");
                json.WriteStartObject("raw");
                json.WriteString("language", "json");
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        WriteUrl(json, host, request);
        json.WriteEndObject();
    }

    private static void WriteUrl(Utf8JsonWriter json, string host, ExampleRequestSpec? request)
    {
        var path = request?.Path ?? "/";
        json.WriteStartObject("url");
        json.WriteString("raw", host + path + QueryText(path, request?.Query));
        json.WriteStartArray("host");
        if (host.Length > 0)
            json.WriteStringValue(host);
        json.WriteEndArray();

        // A path that brings a query or a fragment is split by whoever reads raw, by rules of its own.
        if (path.AsSpan().IndexOfAny('?', '#') < 0)
        {
            json.WriteStartArray("path");
            foreach (var segment in path.TrimStart('/').Split('/'))
                json.WriteStringValue(segment);
            json.WriteEndArray();
            if (request?.Query is { Count: > 0 } query)
            {
                json.WriteStartArray("query");
                foreach (var parameter in query)
                {
                    json.WriteStartObject();
                    json.WriteString("key", parameter.Name);
                    json.WriteString("value", parameter.Value);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }
        }

        json.WriteEndObject();
    }

    private static string QueryText(string path, IReadOnlyList<QueryParameterSpec>? query)
    {
        var text = new StringBuilder();
        foreach (var parameter in query ?? [])
        {
            text.Append(text.Length > 0 || path.Contains('?', StringComparison.Ordinal) ? '&' : '?').Append(parameter.Name);
            if (parameter.Value is not null)
                text.Append('=').Append(parameter.Value);
        }

        return text.ToString();
    }

    private static void WriteHeaders(Utf8JsonWriter json, IReadOnlyList<HeaderSpec>? headers)
    {
        foreach (var header in headers ?? [])
            WriteHeader(json, header.Name, header.Value);
    }

    private static void WriteHeader(Utf8JsonWriter json, string name, string value)
    {
        json.WriteStartObject();
        json.WriteString("key", name);
        json.WriteString("value", value);
        json.WriteEndObject();
    }

    /// <summary>The method that a request has; GET where none is said.</summary>
    internal static string MethodOf(ExampleRequestSpec? request) => string.IsNullOrEmpty(request?.Method) ? "GET" : request.Method.ToUpperInvariant();

    private static string? Text(JsonElement? json) => IsGiven(json) ? json!.Value.GetRawText() : null;

    private static bool IsGiven(JsonElement? json) => json is { ValueKind: not JsonValueKind.Undefined };
}
