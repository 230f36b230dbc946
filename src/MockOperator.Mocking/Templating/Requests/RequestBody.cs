using System.Text;
using System.Text.Json;
using MockOperator.Mocking.Requests;

namespace MockOperator.Mocking.Templating.Requests;

/// <summary>The body of a request, taken apart once for all <c>{{$body 'path'}}</c> of an answer.</summary>
internal abstract class RequestBody
{
    /// <summary>
    /// Longest body that is taken apart: 4 MiB. The values inside a longer one count as missing; <c>{{$body}}</c> alone is not affected.
    /// </summary>
    public const int MaxLength = 4 * 1024 * 1024;

    private static readonly RequestBody s_none = new FormBody(new NamedValues());

    /// <summary>Takes a body apart: a form by its <c>Content-Type</c>, anything else as JSON. What is neither has no values.</summary>
    public static RequestBody Read(ReadOnlyMemory<byte> body, string? contentType)
    {
        if (body.IsEmpty || body.Length > MaxLength)
        {
            return s_none;
        }

        if (MultipartFields.IsMultipart(contentType))
        {
            return new FormBody(NamedValues.FromMultipart(body.Span, contentType));
        }

        ReadOnlySpan<char> mediaType = contentType;
        int parameters = mediaType.IndexOf(';');
        mediaType = (parameters < 0 ? mediaType : mediaType[..parameters]).Trim();
        if (mediaType.Equals("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase))
        {
            return new FormBody(NamedValues.FromUrlEncoded(Encoding.UTF8.GetString(body.Span)));
        }

        try
        {
            ReadOnlySpan<byte> json = body.Span;
            Utf8JsonReader reader = new(json.StartsWith("\uFEFF"u8) ? json[3..] : json);
            JsonElement root = JsonElement.ParseValue(ref reader);
            return reader.Read() ? s_none : new JsonBody(root);
        }
        catch (JsonException)
        {
            return s_none;
        }
    }

    /// <summary>Writes the value at a path.</summary>
    /// <returns>False when there is none; then nothing was written.</returns>
    public abstract bool TryWrite(ObjectPath path, ref Utf8Sink sink);
}
