using System.Buffers;
using System.Text.Json;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MockOperator.Runtime.Manifests;

/// <summary>Writes the events of one YAML node as JSON.</summary>
internal static class YamlNode
{
    private enum Expected
    {
        Item,
        Key,
        Value,
    }

    /// <summary>Converts a node.</summary>
    /// <exception cref="YamlException">A key is no text or has no value, or a merge key is used.</exception>
    public static ReadOnlyMemory<byte> ToJson(IReadOnlyList<ParsingEvent> node)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            var expected = new Stack<Expected>();
            expected.Push(Expected.Item);
            foreach (ParsingEvent current in node)
            {
                Write(json, current, expected);
            }
        }

        return buffer.WrittenMemory;
    }

    private static void Write(Utf8JsonWriter json, ParsingEvent current, Stack<Expected> expected)
    {
        switch (current)
        {
            case MappingEnd when expected.Peek() == Expected.Value:
                // The parser lets some texts through that end a mapping after a key.
                throw new YamlException(current.Start, current.End, "A key has no value.");
            case MappingEnd:
                json.WriteEndObject();
                expected.Pop();
                ValueWritten(expected);
                break;
            case Scalar key when expected.Peek() == Expected.Key:
                WriteKey(json, key);
                expected.Pop();
                expected.Push(Expected.Value);
                break;
            case MappingStart or SequenceStart when expected.Peek() == Expected.Key:
                throw new YamlException(current.Start, current.End, "A key must be a text.");
            case MappingStart:
                json.WriteStartObject();
                expected.Push(Expected.Key);
                break;
            case SequenceStart:
                json.WriteStartArray();
                expected.Push(Expected.Item);
                break;
            case SequenceEnd:
                json.WriteEndArray();
                expected.Pop();
                ValueWritten(expected);
                break;
            case Scalar scalar:
                WriteScalar(json, scalar);
                ValueWritten(expected);
                break;
        }
    }

    private static void ValueWritten(Stack<Expected> expected)
    {
        if (expected.Peek() == Expected.Value)
        {
            expected.Pop();
            expected.Push(Expected.Key);
        }
    }

    private static void WriteKey(Utf8JsonWriter json, Scalar key)
    {
        if (key is { Value: "<<", Style: ScalarStyle.Plain })
        {
            throw new YamlException(key.Start, key.End, "Merge keys (<<) are not supported; write the fields out.");
        }

        json.WritePropertyName(key.Value);
    }

    private static void WriteScalar(Utf8JsonWriter json, Scalar scalar)
    {
        if (scalar.Style == ScalarStyle.Plain && (scalar.Tag.IsEmpty || scalar.Tag.IsNonSpecific))
        {
            YamlScalar.Write(json, scalar.Value);
        }
        else
        {
            json.WriteStringValue(scalar.Value);
        }
    }
}
