using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads host and path of a <c>url</c> object, each a text or an array of pieces.</summary>
internal static class UrlPartReader
{
    /// <summary>Scheme, host and port as one text; null when the object has no host.</summary>
    public static string? Host(DocumentNode url, ReadingContext context)
    {
        DocumentNode node = url["host"];
        string? host = node.Kind == JsonValueKind.Array ? string.Join('.', Pieces(node, context)) : context.Text(node);
        if (string.IsNullOrEmpty(host))
        {
            return host;
        }

        string? port = context.Text(url["port"]);
        string? scheme = context.Text(url["protocol"])?.TrimEnd(':', '/');
        host = string.IsNullOrEmpty(port) ? host : $"{host}:{port}";
        return string.IsNullOrEmpty(scheme) ? host : $"{scheme}://{host}";
    }

    /// <summary>
    /// Segments; null when the object has no path. A leading slash of a text is dropped, so <c>/</c> is one empty segment and the empty text is no path.
    /// </summary>
    public static ImmutableArray<string>? Path(DocumentNode path, ReadingContext context)
    {
        if (path.IsAbsent)
        {
            return null;
        }

        if (path.Kind == JsonValueKind.Array)
        {
            List<string> pieces = Pieces(path, context);

            // Joined and split again, because a piece may hold a slash of its own.
            return pieces.Count == 0 ? [] : UrlParser.SplitPath(string.Join('/', pieces));
        }

        string? text = context.Text(path);
        return text switch
        {
            null => null,
            "" => [],
            _ => UrlParser.SplitPath(text.StartsWith('/') ? text.AsSpan(1) : text),
        };
    }

    private static List<string> Pieces(DocumentNode array, ReadingContext context)
    {
        var pieces = new List<string>();
        foreach (DocumentNode element in array.Elements)
        {
            // Old exports write a piece as {"type": "string", "value": "users"}.
            DocumentNode piece = element.Kind == JsonValueKind.Object ? element["value"] : element;
            pieces.Add(context.Text(piece) ?? "");
        }

        return pieces;
    }
}
