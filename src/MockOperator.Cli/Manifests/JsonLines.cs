using System.Globalization;
using System.Text.Json;
using MockOperator.Cli.Manifests.Schemas;
using MockOperator.Kubernetes.Yaml;

namespace MockOperator.Cli.Manifests;

/// <summary>Finds fields in a JSON file.</summary>
internal static class JsonLines
{
    /// <summary>The line that a field stands in, from 1; that of what is nearest above it when it is not there.</summary>
    public static long LineOf(ReadOnlySpan<byte> json, FieldPath path)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = YamlDocuments.MaxDepth });
        reader.Read();
        long place = reader.TokenStartIndex;
        foreach (string step in path.Steps())
        {
            bool found = reader.TokenType switch
            {
                JsonTokenType.StartObject => TryEnterField(ref reader, step, ref place),
                JsonTokenType.StartArray => TryEnterElement(ref reader, step, ref place),
                _ => false,
            };
            if (!found)
            {
                break;
            }
        }

        return json[..(int)place].Count((byte)'\n') + 1;
    }

    private static bool TryEnterField(ref Utf8JsonReader reader, string name, ref long place)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isIt = reader.ValueTextEquals(name);
            long start = reader.TokenStartIndex;
            reader.Read();
            if (isIt)
            {
                place = start;
                return true;
            }

            reader.Skip();
        }

        return false;
    }

    private static bool TryEnterElement(ref Utf8JsonReader reader, string step, ref long place)
    {
        if (!int.TryParse(step, CultureInfo.InvariantCulture, out int left))
        {
            return false;
        }

        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (left-- == 0)
            {
                place = reader.TokenStartIndex;
                return true;
            }

            reader.Skip();
        }

        return false;
    }
}
