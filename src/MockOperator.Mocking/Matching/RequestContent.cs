using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Matching;

/// <summary>A request body, read in as many ways as comparisons ask for, each at most once.</summary>
internal sealed class RequestContent : IDisposable
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly string? _contentType;
    private JsonDocument? _json;
    private bool _jsonRead;
    private string? _text;
    private IReadOnlyList<Field>? _fields;

    /// <summary>Wraps a body.</summary>
    internal RequestContent(ReadOnlyMemory<byte> body, string? contentType)
    {
        _body = body;
        _contentType = contentType;
        IsMultipart = MultipartFields.IsMultipart(contentType);
    }

    /// <summary>Whether there is no body.</summary>
    internal bool IsEmpty => _body.IsEmpty;

    /// <summary>Whether the content type is that of a multipart form.</summary>
    internal bool IsMultipart { get; }

    /// <summary>The body as JSON; null when it is none.</summary>
    internal JsonElement? Json
    {
        get
        {
            if (!_jsonRead)
            {
                _jsonRead = true;
                try
                {
                    _json = _body.IsEmpty ? null : JsonDocument.Parse(_body);
                }
                catch (JsonException)
                {
                    _json = null;
                }
            }

            return _json?.RootElement;
        }
    }

    /// <summary>The body as it is compared as text: trimmed, line ends unified.</summary>
    internal string Text => _text ??= Normalize(Encoding.UTF8.GetString(_body.Span));

    /// <summary>The text fields of the body as a form.</summary>
    internal IReadOnlyList<Field> Fields => _fields ??= IsMultipart ? ReadMultipart() : FormFields.ReadAll(_body.Span);

    /// <summary>Trims a text and unifies its line ends.</summary>
    internal static string Normalize(string text) => text.Trim(' ', '\t', '\r', '\n', '\f', '\v').Replace("\r\n", "\n", StringComparison.Ordinal);

    /// <inheritdoc/>
    public void Dispose() => _json?.Dispose();

    private List<Field> ReadMultipart()
    {
        var fields = new List<Field>();
        if (MultipartFields.TryBegin(_body.Span, _contentType, stackalloc byte[MultipartFields.MaxDelimiter], out MultipartFields reader))
        {
            while (reader.Read())
            {
                fields.Add(new Field(Encoding.UTF8.GetString(reader.Name), Encoding.UTF8.GetString(reader.Value)));
            }
        }

        return fields;
    }
}
