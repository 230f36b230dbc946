using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace MockOperator.Client.Collections;

/// <summary>How a document is laid out, so that what is added looks like the rest.</summary>
internal sealed class JsonLayout
{
    private readonly string _newLine;
    private readonly char _indent;
    private readonly int _size;

    private JsonLayout(string newLine, char indent, int size)
    {
        _newLine = newLine;
        _indent = indent;
        _size = size;
    }

    /// <summary>What stands between a colon and a value.</summary>
    public byte[] Space => _newLine.Length == 0 ? [] : " "u8.ToArray();

    /// <summary>Looks at the white space before the first member of a document.</summary>
    public static JsonLayout Of(ReadOnlySpan<byte> document)
    {
        var brace = document.IndexOf((byte)'{') + 1;
        var rest = document[brace..];
        var length = rest.IndexOfAnyExcept(" \t\r\n"u8);
        var space = length < 0 ? rest : rest[..length];
        var line = space.LastIndexOf((byte)'\n');
        if (line < 0)
            return new JsonLayout("", ' ', 0);
        var indent = space[(line + 1)..];
        return new JsonLayout(
            space.StartsWith("\r\n"u8) ? "\r\n" : "\n", indent.StartsWith("\t"u8) ? '\t' : ' ', Math.Min(indent.Length, LongestIndent));
    }

    /// <summary>A new line at a depth; nothing in a document of one line.</summary>
    public byte[] Break(int depth) => _newLine.Length == 0 ? [] : Encoding.UTF8.GetBytes(_newLine + new string(_indent, _size * depth));

    /// <summary>Writes a value that begins at a depth.</summary>
    public byte[] Write(int depth, Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var options = new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000, SkipValidation = false };
        if (_newLine.Length > 0)
            options = options with { Indented = true, IndentCharacter = _indent, IndentSize = _size, NewLine = _newLine };
        using (var json = new Utf8JsonWriter(bytes, options))
            write(json);
        return _newLine.Length == 0 ? bytes.WrittenSpan.ToArray() : Encoding.UTF8.GetBytes(Deeper(Encoding.UTF8.GetString(bytes.WrittenSpan), depth));
    }

    // A text in JSON holds no line break as such: every one here is the layout's.
    private string Deeper(string text, int depth) => text.Replace(_newLine, _newLine + new string(_indent, _size * depth), StringComparison.Ordinal);

    private const int LongestIndent = 16;
}
