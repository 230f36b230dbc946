using System.Text.Json;

namespace MockOperator.Client.Collections;

/// <summary>Method and URL of a saved request.</summary>
/// <param name="Method">The method, in capitals.</param>
/// <param name="Host">What stands before the path.</param>
/// <param name="Segments">The path.</param>
internal sealed record RequestLine(string Method, string Host, IReadOnlyList<string> Segments)
{
    /// <summary>Reads the value of <c>request</c>: an object, or a URL as a text.</summary>
    public static RequestLine? Read(ref Utf8JsonReader reader)
    {
        if (Text(ref reader) is { } url)
            return Of("GET", url, null);
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            reader.Skip();
            return null;
        }

        string? method = null, raw = null;
        IReadOnlyList<string>? path = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isMethod = reader.ValueTextEquals("method"u8);
            var isUrl = reader.ValueTextEquals("url"u8);
            reader.Read();
            if (isMethod)
                method = Text(ref reader);
            else if (isUrl && reader.TokenType == JsonTokenType.StartObject)
                (raw, path) = Url(ref reader);
            else if (isUrl)
                raw = Text(ref reader);
            reader.Skip();
        }

        return Of(string.IsNullOrEmpty(method) ? "GET" : method.ToUpperInvariant(), raw ?? "", path);
    }

    /// <summary>The text that the reader stands on; null when it is none, or none that is Unicode.</summary>
    public static string? Text(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static (string? Raw, IReadOnlyList<string>? Path) Url(ref Utf8JsonReader reader)
    {
        string? raw = null;
        IReadOnlyList<string>? path = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isRaw = reader.ValueTextEquals("raw"u8);
            var isPath = reader.ValueTextEquals("path"u8);
            reader.Read();
            if (isRaw)
                raw = Text(ref reader);
            else if (isPath && reader.TokenType == JsonTokenType.StartArray)
                path = ReadSegments(ref reader);
            else if (isPath && Text(ref reader) is { } text)
                path = SavedRequest.Split(text);
            reader.Skip();
        }

        return (raw, path);
    }

    private static List<string> ReadSegments(ref Utf8JsonReader reader)
    {
        var segments = new List<string>();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            // An object is a segment of v2 with a type: it is compared with nothing.
            segments.Add(Text(ref reader) ?? "");
            reader.Skip();
        }

        return segments;
    }

    private static RequestLine Of(string method, string raw, IReadOnlyList<string>? path)
    {
        var scheme = raw.IndexOf("://", StringComparison.Ordinal);
        var slash = raw.IndexOf('/', scheme < 0 ? 0 : scheme + 3);
        var host = slash < 0 ? raw : raw[..slash];
        var end = host.AsSpan().IndexOfAny('?', '#');
        return new(method, end < 0 ? host : host[..end], path ?? SavedRequest.Split(slash < 0 ? "" : raw[slash..]));
    }
}
