using System.Text;
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
    /// <param name="text">The body with its variables filled in; tokens may be left.</param>
    internal static string Derive(string? language, string text) => language?.Trim().ToUpperInvariant() switch
    {
        "JSON" => Json,
        "XML" => "application/xml",
        "HTML" => "text/html",
        "JAVASCRIPT" => "application/javascript",
        "TEXT" => "text/plain",
        _ => IsJson(text) ? Json : Html,
    };

    private static bool IsJson(string text)
    {
        ReadOnlySpan<char> trimmed = text.AsSpan().TrimStart();
        if (trimmed.IsEmpty || (trimmed[0] is not ('{' or '[' or '"' or '-' or 't' or 'f' or 'n') && !char.IsAsciiDigit(trimmed[0])))
        {
            return false;
        }

        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text));
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
