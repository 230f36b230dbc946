using System.Text.Json;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.ServerResponses;

/// <summary>The language by which Postman colours the body of a server response. It changes no answer, and is told from what there is.</summary>
internal static class BodyLanguage
{
    public const string Text = "text";
    public const string Json = "json";
    public const string Html = "html";
    public const string Xml = "xml";
    public const string JavaScript = "javascript";

    /// <summary>Whether Postman knows a language of this name.</summary>
    public static bool IsKnown(string language) => language is Text or Json or Html or Xml or JavaScript;

    /// <summary>By the content type, else by how the body begins.</summary>
    public static string Of(ServerResponseSpec response)
    {
        var type = response.Headers?.FirstOrDefault(header => header.Name.Equals("Content-Type", StringComparison.OrdinalIgnoreCase))?.Value ?? "";
        foreach (var language in (string[])[Json, Html, Xml, JavaScript])
        {
            if (type.Contains(language, StringComparison.OrdinalIgnoreCase))
                return language;
        }

        return type.Length == 0 && IsJson(response.Body) ? Json : Text;
    }

    private static bool IsJson(string? body)
    {
        if (body?.TrimStart() is not ['{' or '[', ..])
            return false;
        try
        {
            using var _ = JsonDocument.Parse(body);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
