using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace MockOperator.PostmanApi.Errors;

/// <summary>Writes errors, with a content type that has no charset: Postman's own SDK knows no error by another.</summary>
internal static class ErrorWriter
{
    private const string Json = "application/json";
    private const string ProblemJson = "application/problem+json";
    private const string Types = "https://api.postman.com/problems/";

    /// <summary>Writes one.</summary>
    /// <param name="http">Where to.</param>
    /// <param name="error">The error.</param>
    /// <param name="badRequestsAreProblems">Whether a 400 of this operation is <c>application/problem+json</c>.</param>
    /// <param name="notFoundIsProblem">Whether a 404 is.</param>
    public static async Task WriteAsync(HttpContext http, PostmanError error, bool badRequestsAreProblems, bool notFoundIsProblem)
    {
        var body = Body(error);
        var response = http.Response;
        response.StatusCode = error.Status;
        response.ContentType = error.Status switch
        {
            400 => badRequestsAreProblems ? ProblemJson : Json,
            404 => notFoundIsProblem ? ProblemJson : Json,
            _ => ProblemJson,
        };
        response.ContentLength = body.Length;
        if (error.RetryAfter is { } wait)
        {
            var seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
            response.Headers.RetryAfter = seconds;
            response.Headers["X-RateLimit-RetryAfter"] = seconds;
        }

        if (HttpMethods.IsHead(http.Request.Method))
            return;
        await response.Body.WriteAsync(body, http.RequestAborted);
    }

    /// <summary>The body of an error.</summary>
    public static ReadOnlyMemory<byte> Body(PostmanError error)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            WriteNamed(json, error);
            var (slug, title) = Problem(error);
            json.WriteString("type", Types + slug);
            json.WriteString("title", title);
            json.WriteString("detail", error.Message);
            json.WriteNumber("status", error.Status);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteNamed(Utf8JsonWriter json, PostmanError error)
    {
        json.WriteStartObject("error");
        if (error.Status >= 500)
            json.WriteString("type", error.Name);
        json.WriteString("name", error.Name);
        if (error.Header is not null)
            json.WriteString("header", error.Header);
        json.WriteString("message", error.Message);
        if (error.HasDetails || error.Parameters is not null || error.Item is not null)
        {
            // Never a list, as some of Postman's are: clients in typed languages read an object.
            json.WriteStartObject("details");
            if (error.Parameters is { } names && error.ParametersAreText)
                json.WriteString("param", string.Join(", ", names));
            else if (error.Parameters is { } list)
            {
                json.WriteStartArray("param");
                foreach (var name in list)
                    json.WriteStringValue(name);
                json.WriteEndArray();
            }

            if (error.Item is not null)
            {
                json.WriteString("item", error.Item);
                json.WriteString("id", error.ItemId);
            }

            json.WriteEndObject();
        }

        if (error.RepeatsStatus)
            json.WriteNumber("statusCode", error.Status);
        json.WriteEndObject();
    }

    private static (string Slug, string Title) Problem(PostmanError error)
    {
        var (slug, title) = error.Status switch
        {
            400 => ("bad-request", "Bad Request"),
            401 => ("unauthorized", "Unauthorized"),
            403 => ("forbidden", "Forbidden"),
            404 => ("not-found", "Not Found"),
            409 => ("conflict", "Conflict"),
            413 => ("payload-too-large", "Payload Too Large"),
            421 => ("misdirected-request", "Misdirected Request"),
            429 => ("too-many-requests", "Too Many Requests"),
            503 => ("service-unavailable", "Service Unavailable"),
            _ => ("internal-server-error", "Internal Server Error"),
        };
        return (error.Problem ?? slug, title);
    }
}
