using System.Text.Json;

namespace MockOperator.Mocking.Serving;

/// <summary>The content type of an answer whose example names none (Postman matching, response details).</summary>
internal static class ContentTypes
{
    /// <summary>JSON in UTF-8: the content type of error bodies, too.</summary>
    internal const string Json = "application/json; charset=utf-8";

    /// <summary>What Postman's host falls back to.</summary>
    internal const string Html = "text/html; charset=utf-8";

    /// <summary>Bytes of which nothing is known.</summary>
    internal const string Binary = "application/octet-stream";

    /// <summary>Derives the type of a text: from the editor's language, else from the text itself.</summary>
    /// <param name="language">The editor's language; null when the example has none.</param>
    /// <param name="utf8">The body with its variables filled in; tokens may be left.</param>
    internal static string Derive(string? language, ReadOnlySpan<byte> utf8) => language?.Trim().ToUpperInvariant() switch
    {
        "JSON" => Json,
        "XML" => "application/xml",
        "HTML" => "text/html",
        "JAVASCRIPT" => "application/javascript",
        "TEXT" => "text/plain",
        _ => IsJson(utf8) ? Json : Html,
    };

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        ReadOnlySpan<byte> trimmed = utf8.TrimStart(" \t\r\n"u8);
        if (trimmed is not [(byte)'{' or (byte)'[' or (byte)'"' or (byte)'-' or (byte)'t' or (byte)'f' or (byte)'n' or (>= (byte)'0' and <= (byte)'9'), ..])
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8);
            while (reader.Read())
            {
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
