using System.Collections.Immutable;
using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>
/// Reads <c>url</c> of v2.1 and v2.0: a text, or an object whose parts are trusted over its <c>raw</c>. A part that the object does not have is taken
/// from <c>raw</c>.
/// </summary>
internal static class UrlReader
{
    /// <summary>Reads a URL; null, with an issue at <paramref name="path"/>, when there is none that could be asked for.</summary>
    public static ExampleUrl? Read(DocumentNode url, DocumentPath path, ReadingContext context)
    {
        switch (url.Kind)
        {
            case JsonValueKind.String:
                return ReadText(url, context);
            case JsonValueKind.Object:
                return ReadObject(url, context);
            case JsonValueKind.Undefined or JsonValueKind.Null:
                Missing(path, context);
                return null;
            default:
                context.WrongType(url, "a URL as text or object");
                return null;
        }
    }

    /// <summary>Splits a URL given as one text.</summary>
    public static ExampleUrl? ReadText(DocumentNode node, ReadingContext context)
    {
        // Measured before it is decoded: a hostile URL of megabytes costs nothing more.
        if (node.Raw.Length - 2 > context.Limits.UrlLength)
        {
            TooLong(node.Path, node.Raw.Length - 2, context);
            return null;
        }

        string text = context.Text(node) ?? "";
        if (string.IsNullOrWhiteSpace(text))
        {
            Empty(node.Path, context);
        }

        return UrlParser.Parse(text);
    }

    private static ExampleUrl? ReadObject(DocumentNode url, ReadingContext context)
    {
        // Values of disabled parameters and descriptions count too; the limit is far above any URL in use.
        int length = url["raw"].Raw.Length + url["path"].Raw.Length + url["host"].Raw.Length;
        if (length > context.Limits.UrlLength)
        {
            TooLong(url.Path, length, context);
            return null;
        }

        DocumentNode raw = url["raw"];
        ExampleUrl? parsed = raw.IsAbsent ? null : UrlParser.Parse(context.Text(raw) ?? "");
        string? host = UrlPartReader.Host(url, context) ?? parsed?.Host;
        ImmutableArray<string>? segments = UrlPartReader.Path(url["path"], context) ?? parsed?.Path;
        if (host is null && segments is null)
        {
            Missing(url.Path, context);
            return null;
        }

        if (host is null or "" && segments is null or { IsEmpty: true })
        {
            Empty(url.Path, context);
        }

        ImmutableArray<QueryParameter>? query = QueryReader.Read(url["query"], context) ?? parsed?.Query;
        if (query is { } parameters && parameters.Sum(static parameter => (long)parameter.Key.Length + (parameter.Value?.Length ?? 0)) > context.Limits.UrlLength)
        {
            TooLong(url.Path, url.Raw.Length, context);
            return null;
        }

        return new ExampleUrl
        {
            Host = host ?? "",
            Path = segments ?? [],
            Query = query ?? [],
            PathVariables = PathVariableReader.Read(url["variable"], context),
        };
    }

    private static void Missing(DocumentPath path, ReadingContext context) =>
        context.Issues.Skip(path, LoadIssueReason.MissingUrl, "The example's request has no URL, so no call can match it. Enter a URL and save the example again.");

    private static void Empty(DocumentPath path, ReadingContext context) =>
        context.Issues.Warn(path, LoadIssueReason.EmptyUrl, "The URL is empty, so the example answers \"/\". Enter the URL that is meant.");

    private static void TooLong(DocumentPath path, int length, ReadingContext context) =>
        context.Issues.Skip(
            path,
            LoadIssueReason.TooLarge,
            $"The URL has about {length} characters, and {context.Limits.UrlLength} are allowed. No HTTP client could send it; shorten it.");
}
