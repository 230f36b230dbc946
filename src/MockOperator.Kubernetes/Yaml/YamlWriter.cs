using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace MockOperator.Kubernetes.Yaml;

/// <summary>
/// Writes JSON as YAML in kubectl's layout: two spaces, lists not indented below their key, texts of several lines as blocks. A text that a reader of YAML 1.1 or 1.2 would take for something else
/// is quoted, so that <see cref="YamlDocuments"/> and kubectl read back what was written.
/// </summary>
public sealed class YamlWriter
{
    private static readonly SearchValues<char> Meaningful = SearchValues.Create("-?:,[]{}#&*!|>'\"%@`=<~ ");

    private readonly TextWriter _output;

    private YamlWriter(TextWriter output) => _output = output;

    /// <summary>Writes a document, with a line end behind it.</summary>
    /// <param name="output">Where to. Its line end is not used: YAML's is <c>\n</c>.</param>
    /// <param name="json">One JSON value in UTF-8.</param>
    /// <exception cref="JsonException">It is none, or too deep.</exception>
    public static void Write(TextWriter output, ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = YamlDocuments.MaxDepth });
        using var document = JsonDocument.ParseValue(ref reader);
        var yaml = new YamlWriter(output);
        if (IsBlock(document.RootElement))
            yaml.WriteBlock(document.RootElement, indent: 0, startsInLine: true);
        else
            yaml.WriteScalar(document.RootElement, indent: 0);
    }

    private static bool IsBlock(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => value.EnumerateObject().MoveNext(),
        JsonValueKind.Array => value.GetArrayLength() > 0,
        _ => false,
    };

    private void WriteBlock(JsonElement value, int indent, bool startsInLine)
    {
        if (value.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in value.EnumerateArray())
            {
                Indent(startsInLine ? 0 : indent);
                startsInLine = false;
                _output.Write('-');
                if (IsBlock(item))
                {
                    _output.Write(' ');
                    WriteBlock(item, indent + 2, startsInLine: true);
                }
                else
                {
                    _output.Write(' ');
                    WriteScalar(item, indent);
                }
            }

            return;
        }

        foreach (var member in value.EnumerateObject())
        {
            Indent(startsInLine ? 0 : indent);
            startsInLine = false;
            _output.Write(IsPlain(member.Name) ? member.Name : Quoted(member.Name));
            _output.Write(':');
            if (IsBlock(member.Value))
            {
                _output.Write('\n');
                WriteBlock(member.Value, member.Value.ValueKind == JsonValueKind.Array ? indent : indent + 2, startsInLine: false);
            }
            else
            {
                _output.Write(' ');
                WriteScalar(member.Value, indent);
            }
        }
    }

    private void WriteScalar(JsonElement value, int indent)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                _output.Write("{}\n");
                break;
            case JsonValueKind.Array:
                _output.Write("[]\n");
                break;
            case JsonValueKind.String:
                WriteText(value.GetString()!, indent);
                break;
            default:
                _output.Write(value.GetRawText());
                _output.Write('\n');
                break;
        }
    }

    private void WriteText(string text, int indent)
    {
        if (IsPlain(text))
        {
            _output.Write(text);
        }
        else if (IsLiteral(text))
        {
            WriteLiteral(text, indent + 2);
            return;
        }
        else
        {
            _output.Write(Quoted(text));
        }

        _output.Write('\n');
    }

    private void WriteLiteral(string text, int indent)
    {
        var end = text.Length;
        while (end > 0 && text[end - 1] == '\n')
            end--;
        _output.Write((text.Length - end) switch { 0 => "|-\n", 1 => "|\n", _ => "|+\n" });
        foreach (var line in text[..end].Split('\n'))
        {
            if (line.Length > 0)
            {
                Indent(indent);
                _output.Write(line);
            }

            _output.Write('\n');
        }

        for (var more = 1; more < text.Length - end; more++)
            _output.Write('\n');
    }

    private void Indent(int spaces)
    {
        for (var i = 0; i < spaces; i++)
            _output.Write(' ');
    }

    /// <summary>Whether a text can be a block: several lines, the first of which tells the indentation, and only characters that YAML prints as they are.</summary>
    private static bool IsLiteral(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\n' or '\t')
        && !text.Any(c => c != '\n' && !IsPrinted(c));

    private static bool IsPlain(string text)
    {
        if (text.Length == 0 || text[0] == ' ' || text[^1] is ' ' or ':' || !YamlScalar.IsText(text))
            return false;
        if (Meaningful.Contains(text[0]) && !(text[0] is '-' or '?' or ':' && text.Length > 1 && !Meaningful.Contains(text[1])))
            return false;
        if (text.Contains(": ", StringComparison.Ordinal) || text.Contains(" #", StringComparison.Ordinal) || text.StartsWith("---", StringComparison.Ordinal) || text.StartsWith("...", StringComparison.Ordinal))
            return false;
        // YamlDotNet takes the asterisk in a plain name for an alias, though YAML does not.
        if (text.Contains(" *", StringComparison.Ordinal))
            return false;
        // Others than kubectl read times (2026-01-31) and numbers to the base of 60 (1:30:00).
        return !(char.IsAsciiDigit(text[0]) && text.All(c => char.IsAsciiDigit(c) || c is '-' or ':' or '.' or '_' or ',' or 'T' or 't' or 'Z' or 'z' or '+' or ' ' or 'e' or 'E'))
            && text.All(c => c != '\t' && IsPrinted(c));
    }

    // The printable characters of YAML 1.2, section 5.1, without those that are line ends in YAML 1.1 and without half a surrogate pair's trouble: those are written escaped.
    private static bool IsPrinted(char c) => c is '\t' or >= ' ' and <= '~' or >= '\u00A0' and < '\u2028' or > '\u2029' and < '\uD800' or >= '\uE000' and <= '\uFFFD' and not '\uFEFF';

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder(text.Length + 2).Append('"');
        foreach (var rune in text.EnumerateRunes())
        {
            _ = rune.Value switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                > 0xFFFF => quoted.Append(rune.ToString()),
                var value when IsPrinted((char)value) => quoted.Append((char)value),
                var value => quoted.Append("\\u").Append(value.ToString("x4", CultureInfo.InvariantCulture)),
            };
        }

        return quoted.Append('"').ToString();
    }
}
