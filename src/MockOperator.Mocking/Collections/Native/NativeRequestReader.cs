using System.Collections.Immutable;
using MockOperator.Mocking.Collections.Documents;
using MockOperator.Mocking.Collections.Reading;
using MockOperator.Resources;

namespace MockOperator.Mocking.Collections.Native;

/// <summary>Reads the request side of a native example.</summary>
internal static class NativeRequestReader
{
    /// <summary>Reads a request; null, with an issue, when no call could match it.</summary>
    public static ExampleRequest? Read(ExampleRequestSpec? request, DocumentPath path, ReadingContext context)
    {
        ExampleUrl? url = ReadUrl(request, path, context);
        string? method = ReadMethod(request?.Method, path.Property("method"), context);
        ExampleBody? body = ReadBody(request, path, context);
        return url is null || method is null || body is null
            ? null
            : new ExampleRequest
            {
                Url = url,
                Method = method,
                Body = body,
                Headers = NativeHeaderReader.Read(request!.Headers, path.Property("headers"), context),
            };
    }

    private static ExampleUrl? ReadUrl(ExampleRequestSpec? request, DocumentPath path, ReadingContext context)
    {
        DocumentPath place = path.Property("path");
        if (request?.Path is not ['/', ..])
        {
            string found = string.IsNullOrEmpty(request?.Path) ? "There is no path" : $"\"{IssueLog.Quote(request.Path)}\" does not start with a slash";
            context.Issues.Skip(place, LoadIssueReason.InvalidPath, $"{found}, so no call can match the example. Give a path such as /users/{{{{id}}}}.");
            return null;
        }

        long length = request.Path.Length + (request.Query?.Sum(static parameter => (long)(parameter?.Name?.Length ?? 0) + (parameter?.Value?.Length ?? 0)) ?? 0);
        if (length > context.Limits.UrlLength)
        {
            context.Issues.Skip(
                place, LoadIssueReason.TooLarge, $"Path and query have {length} characters, and {context.Limits.UrlLength} are allowed. Shorten them.");
            return null;
        }

        ExampleUrl parsed = UrlParser.Parse(request.Path);
        ImmutableArray<QueryParameter> query = request.Query is null
            ? []
            : [.. request.Query.Where(static parameter => parameter is not null).Select(static parameter => new QueryParameter(parameter.Name ?? "", parameter.Value))];
        return parsed with { Query = parsed.Query.AddRange(query) };
    }

    private static string? ReadMethod(string? method, DocumentPath path, ReadingContext context)
    {
        if (string.IsNullOrEmpty(method))
        {
            return "GET";
        }

        if (HeaderRules.IsToken(method))
        {
            return method.ToUpperInvariant();
        }

        context.Issues.Skip(
            path, LoadIssueReason.InvalidMethod, $"\"{IssueLog.Quote(method)}\" is no HTTP method, so no call can match the example. Choose another.");
        return null;
    }

    private static ExampleBody? ReadBody(ExampleRequestSpec? request, DocumentPath path, ReadingContext context)
    {
        string? json = NativeJson.Text(request?.Json);
        if (request?.Body is not null && json is not null)
        {
            context.Issues.Skip(
                path.Property("json"), LoadIssueReason.ConflictingBodies, "Both body and json are given, so the example is skipped. Keep one of them.");
            return null;
        }

        return BodyReader.Raw(request?.Body ?? json);
    }
}
