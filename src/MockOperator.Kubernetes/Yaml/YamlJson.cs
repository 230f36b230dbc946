using System.Buffers;
using System.Text.Json;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>Writes a YAML document as JSON.</summary>
internal sealed class YamlJson
{
    private readonly Utf8JsonWriter _json;
    private int _nodes;

    private YamlJson(Utf8JsonWriter json) => _json = json;

    /// <summary>Writes a document.</summary>
    /// <exception cref="YamlDotNet.Core.YamlException">It is too deep or too large once its aliases are followed, or JSON has no such value.</exception>
    public static ReadOnlyMemory<byte> Write(YamlItem root)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            new YamlJson(json).Write(root, depth: 0);
        }

        return buffer.WrittenMemory;
    }

    private void Write(YamlItem item, int depth)
    {
        if (++_nodes > YamlDocuments.MaxNodes)
        {
            throw YamlDocuments.Fault(item, "The document is too large once its aliases are followed.");
        }

        if (depth > YamlDocuments.MaxDepth)
        {
            throw YamlDocuments.Fault(item, $"The document is nested deeper than {YamlDocuments.MaxDepth} levels once its aliases are followed.");
        }

        switch (item)
        {
            case YamlMap map:
                _json.WriteStartObject();
                foreach ((string name, YamlEntry entry) in map.Entries)
                {
                    _json.WritePropertyName(name);
                    Write(entry.Value, depth + 1);
                }

                _json.WriteEndObject();
                break;
            case YamlList list:
                _json.WriteStartArray();
                foreach (YamlItem inner in list.Items)
                {
                    Write(inner, depth + 1);
                }

                _json.WriteEndArray();
                break;
            case YamlText text:
                YamlScalar.Write(_json, text);
                break;
        }
    }
}
