using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.PostmanApi.Answers;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Identity;
using MockOperator.PostmanApi.Requests;
using MockOperator.Resources;

namespace MockOperator.PostmanApi.ServerResponses;

/// <summary>Server responses as Postman describes them, and from its description to the spec.</summary>
internal static class ServerResponseReading
{
    private const int LowestStatus = 500;
    private const int HighestStatus = 599;
    private const int LongestName = 256;
    private const int MostHeaders = 100;
    private const int LongestHeader = 16 * 1024;

    public static string IdOf(MockServer mock, ServerResponseSpec response) => PostmanId.Of(PostmanKind.ServerResponse, ObjectKey.Of(mock), response.Name);

    public static ServerResponseLine Line(MockServer mock, ServerResponseSpec response) => new()
    {
        Id = IdOf(mock, response),
        Name = response.Name,
        StatusCode = response.Status,
        CreatedAt = Timestamp.Created(mock.Metadata),
        UpdatedAt = Timestamp.Updated(mock.Metadata),
        CreatedBy = PostmanId.Owner,
        UpdatedBy = PostmanId.Owner,
    };

    public static ServerResponseAnswer Whole(MockServer mock, ServerResponseSpec response) => new()
    {
        Id = IdOf(mock, response),
        Name = response.Name,
        StatusCode = response.Status,
        Headers = [.. (response.Headers ?? []).Select(header => new KeyValue(header.Name, header.Value))],
        Language = BodyLanguage.Of(response),
        Body = response.Body ?? "",
        CreatedAt = Timestamp.Created(mock.Metadata),
        UpdatedAt = Timestamp.Updated(mock.Metadata),
        CreatedBy = PostmanId.Owner,
        UpdatedBy = PostmanId.Owner,
        Mock = PostmanId.Of(PostmanKind.Mock, ObjectKey.Of(mock)),
    };

    /// <summary>Reads what is asked for, over what is there.</summary>
    /// <param name="asked">The description.</param>
    /// <param name="now">What is there; null for a new one, which needs name and status.</param>
    /// <exception cref="PostmanException">Something is missing or wrong.</exception>
    public static ServerResponseSpec Read(JsonPlace asked, ServerResponseSpec? now)
    {
        var name = now is null ? asked.NeededText("name", LongestName) : asked.Text("name", LongestName) ?? now.Name;
        if (name.Trim() is not { Length: > 0 } fit)
            throw new PostmanException(KnownErrors.MissingParameter("name"));
        if (asked.Text("language") is { } language && !BodyLanguage.IsKnown(language))
            throw new PostmanException(KnownErrors.InvalidParameter("language", "It is text, javascript, json, html, xml or null."));
        return new ServerResponseSpec
        {
            Name = fit,
            Status = Status(asked, now),
            Headers = Headers(asked) ?? now?.Headers,
            Body = asked.Text("body", ApiCall.LargestBody) ?? now?.Body,
            Share = now?.Share,
        };
    }

    private static int Status(JsonPlace asked, ServerResponseSpec? now)
    {
        if (asked.Number("statusCode") is not { } status)
            return now?.Status ?? throw new PostmanException(KnownErrors.MissingParameter("statusCode"));
        return status is >= LowestStatus and <= HighestStatus
            ? status
            : throw new PostmanException(KnownErrors.InvalidParameter("statusCode", $"A server response has a status from {LowestStatus} to {HighestStatus}."));
    }

    private static List<HeaderSpec>? Headers(JsonPlace asked)
    {
        if (asked.Items("headers", MostHeaders) is not { } items)
            return null;
        var headers = new List<HeaderSpec>(items.Count);
        foreach (var item in items)
        {
            var name = item.NeededText("key", LongestHeader);
            var value = item.Text("value", LongestHeader) ?? "";
            if (!HttpToken.IsToken(name) || value.AsSpan().ContainsAny('\r', '\n', '\0'))
                throw new PostmanException(KnownErrors.Malformed($"{item.Path} is no header: its name may hold letters, digits and hyphens, and its value no line break"));
            headers.Add(new HeaderSpec { Name = name, Value = value });
        }

        return headers;
    }
}
