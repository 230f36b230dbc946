using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MockOperator.Mocking.Serving;

/// <summary>Writes error bodies in the shape of Postman's host, and tables of scores.</summary>
internal static class ExplanationJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static readonly byte[] s_noMatch = PlainError(MatchOutcome.NoMatch);
    private static readonly byte[] s_needsExample = PlainError(MatchOutcome.RequestWithoutExample);

    /// <summary>Writes the body of a 404. <c>name</c>, <c>message</c> and <c>header</c> are Postman's, <c>details</c> is ours.</summary>
    internal static void WriteError(IBufferWriter<byte> output, MatchOutcome outcome, int exampleCount, IEnumerable<ExplainedExample> nearest)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        BeginError(json, outcome);
        json.WriteStartObject("details");
        json.WriteNumber("exampleCount", exampleCount);
        WriteExamples(json, "nearest", nearest);
        json.WriteEndObject();
        EndError(json);
    }

    /// <summary>Writes the body of a 404 without <c>details</c>.</summary>
    internal static void WritePlainError(IBufferWriter<byte> output, MatchOutcome outcome) =>
        output.Write(outcome == MatchOutcome.RequestWithoutExample ? s_needsExample : s_noMatch);

    private static byte[] PlainError(MatchOutcome outcome)
    {
        var output = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(output, s_options))
        {
            BeginError(json, outcome);
            EndError(json);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void BeginError(Utf8JsonWriter json, MatchOutcome outcome)
    {
        bool needsExample = outcome == MatchOutcome.RequestWithoutExample;
        json.WriteStartObject();
        json.WriteStartObject("error");
        json.WriteString("name", "mockRequestNotFoundError");
        json.WriteString("message", needsExample
            ? "To mock this request add an example response for the mock server to return."
            : "Double check your method and the request path and try again.");
        json.WriteString("header", needsExample ? "You need an example" : "No matching requests");
    }

    private static void EndError(Utf8JsonWriter json)
    {
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes a table of scores.</summary>
    internal static void Write(IBufferWriter<byte> output, MatchExplanation explanation)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartObject();
        json.WriteString("outcome", explanation.Outcome.ToString());
        json.WriteNumber("exampleCount", explanation.ExampleCount);
        WriteExamples(json, "examples", explanation.Examples);
        json.WriteEndObject();
    }

    /// <summary>Writes examples that nearly answered.</summary>
    internal static void WriteNearest(IBufferWriter<byte> output, IEnumerable<ExplainedExample> nearest)
    {
        using var json = new Utf8JsonWriter(output, s_options);
        json.WriteStartArray();
        WriteExamples(json, nearest);
    }

    private static void WriteExamples(Utf8JsonWriter json, string name, IEnumerable<ExplainedExample> examples)
    {
        json.WriteStartArray(name);
        WriteExamples(json, examples);
    }

    private static void WriteExamples(Utf8JsonWriter json, IEnumerable<ExplainedExample> examples)
    {
        foreach (ExplainedExample example in examples)
        {
            json.WriteStartObject();
            json.WriteString("name", example.Name);
            json.WriteString("id", example.Id);
            json.WriteString("path", example.Path);
            json.WriteString("request", $"{example.Method} {example.Target}");
            json.WriteNumber("status", example.Status);
            if (example.Score is double score)
            {
                json.WriteNumber("score", Math.Round(score, 2));
            }

            if (example.Won)
            {
                json.WriteBoolean("won", true);
            }

            json.WriteString("reason", example.Reason);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
