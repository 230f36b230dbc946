using System.Text.Json;
using MockOperator.Mocking.Collections.Documents;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Reads <c>request</c> and <c>originalRequest</c> of v2.1 and v2.0: an object, or a text that is the URL of a GET.</summary>
internal static class RequestReader
{
    private const string DefaultMethod = "GET";

    /// <summary>Reads a request; null, with an issue, when no call could match it.</summary>
    public static ExampleRequest? Read(DocumentNode request, ReadingContext context)
    {
        switch (request.Kind)
        {
            case JsonValueKind.String:
                return UrlReader.ReadText(request, context) is ExampleUrl url ? new ExampleRequest { Url = url } : null;
            case JsonValueKind.Object:
                return ReadObject(request, context);
            default:
                context.WrongType(request, "a request as an object or a URL");
                return null;
        }
    }

    /// <summary>Method and URL of a request that is only told about, not served.</summary>
    public static ExampleRequest? ReadTarget(DocumentNode request, ReadingContext context) =>
        request.Kind == JsonValueKind.Object ? ReadTargetOf(request, context) : Read(request, context);

    /// <summary>The method in upper case, GET when there is none; null, with an issue, when it is no HTTP token.</summary>
    public static string? ReadMethod(DocumentNode method, ReadingContext context)
    {
        string text = (context.Text(method) ?? "").Trim();
        if (text.Length == 0)
        {
            return DefaultMethod;
        }

        if (HeaderRules.IsToken(text))
        {
            return text.ToUpperInvariant();
        }

        context.Issues.Skip(
            method.Path, LoadIssueReason.InvalidMethod, $"\"{IssueLog.Quote(text)}\" is no HTTP method, so no call can match the example. Choose another.");
        return null;
    }

    private static ExampleRequest? ReadObject(DocumentNode request, ReadingContext context)
    {
        ExampleRequest? target = ReadTargetOf(request, context);
        return target is null
            ? null
            : target with { Headers = HeaderReader.Read(request["header"], context), Body = BodyReader.Read(request["body"], context) };
    }

    private static ExampleRequest? ReadTargetOf(DocumentNode request, ReadingContext context)
    {
        string? method = ReadMethod(request["method"], context);
        ExampleUrl? url = UrlReader.Read(request["url"], request.Path.Property("url"), context);
        return method is null || url is null ? null : new ExampleRequest { Method = method, Url = url };
    }
}
