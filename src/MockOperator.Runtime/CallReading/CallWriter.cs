using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using MockOperator.Resources;
using MockOperator.Runtime.Calls;
using MockOperator.Runtime.Metrics;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>Writes calls as JSON: what <see cref="MockCall"/> reads.</summary>
internal static class CallWriter
{
    /// <summary>How calls are written. Bodies are shown as they are, not escaped beyond need.</summary>
    public static JsonWriterOptions Options { get; } = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a call.</summary>
    /// <param name="json">Where to.</param>
    /// <param name="mock">The mock that was called.</param>
    /// <param name="call">The call.</param>
    /// <param name="numbers">Gives it its id.</param>
    /// <param name="parts">How much of it.</param>
    public static void Write(Utf8JsonWriter json, HostedMock mock, RememberedCall call, CallNumbers numbers, CallParts parts)
    {
        json.WriteStartObject();
        json.WriteString("id", numbers.IdOf(call.Number));
        json.WriteString("mock", mock.Name);
        json.WriteString("namespace", mock.Namespace);
        json.WriteString("servedAt", call.ServedAt.UtcDateTime);
        json.WriteString("outcome", MockMetrics.Word(call.Outcome));
        json.WriteNumber("durationMilliseconds", Math.Round(call.Duration.TotalMilliseconds, 3));
        if (call.Delay > TimeSpan.Zero)
        {
            json.WriteNumber("delayMilliseconds", Math.Round(call.Delay.TotalMilliseconds, 3));
        }

        WriteUnlessEmpty(json, "revision", call.Revision);
        json.WriteStartObject("caller");
        WriteUnlessEmpty(json, "address", call.Address?.ToString());
        WriteUnlessEmpty(json, "key", call.Key);
        json.WriteEndObject();
        json.WriteStartObject("request");
        json.WriteString("method", call.Method);
        json.WriteString("path", call.Target);
        if (parts.HasFlag(CallParts.RequestHeaders))
        {
            Write(json, call.RequestHeaders);
        }

        if (parts.HasFlag(CallParts.RequestBody))
        {
            Write(json, call.RequestBody.Span, call.RequestLength);
        }

        json.WriteEndObject();
        json.WriteStartObject("response");
        json.WriteNumber("status", call.Status);
        if (parts.HasFlag(CallParts.ResponseHeaders))
        {
            Write(json, call.ResponseHeaders);
        }

        if (parts.HasFlag(CallParts.ResponseBody))
        {
            Write(json, call.ResponseBody.Span, HttpMethods.IsHead(call.Method) ? 0 : call.ResponseLength);
        }

        json.WriteEndObject();
        if (call.HasExample)
        {
            json.WriteStartObject("example");
            json.WriteString("id", call.ExampleId);
            json.WriteString("name", call.ExampleName);
            json.WriteEndObject();
        }

        if (parts.HasFlag(CallParts.Nearest) && !call.Nearest.IsEmpty)
        {
            json.WritePropertyName("nearest");
            json.WriteRawValue(call.Nearest.Span, skipInputValidation: true);
        }

        json.WriteEndObject();
    }

    private static void WriteUnlessEmpty(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void Write(Utf8JsonWriter json, IEnumerable<CalledHeader> headers)
    {
        json.WriteStartArray("headers");
        foreach (CalledHeader header in headers)
        {
            json.WriteStartObject();
            json.WriteString("name", header.Name);
            json.WriteString("value", header.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> bytes, long length)
    {
        bool isTruncated = bytes.Length < length;
        json.WriteStartObject("body");
        json.WriteNumber("length", length);
        if (bytes.Length > 0)
        {
            ReadOnlySpan<byte> text = isTruncated ? WithoutBrokenEnd(bytes) : bytes;
            if (Utf8.IsValid(text) && text.IndexOf((byte)0) < 0)
            {
                json.WriteString("text", text);
            }
            else
            {
                json.WriteBase64String("base64", bytes);
            }
        }

        if (isTruncated)
        {
            json.WriteBoolean("isTruncated", true);
        }

        json.WriteEndObject();
    }

    // Where a text was cut, its last character may have been cut in two.
    private static ReadOnlySpan<byte> WithoutBrokenEnd(ReadOnlySpan<byte> text)
    {
        const int LongestCharacter = 4;
        for (int cut = 0; cut < LongestCharacter && cut < text.Length; cut++)
        {
            if (Rune.DecodeLastFromUtf8(text[..^cut], out _, out _) == System.Buffers.OperationStatus.Done)
            {
                return text[..^cut];
            }
        }

        return text;
    }
}
