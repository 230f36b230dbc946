using System.Net;
using System.Text.Json;

namespace MockOperator.Kubernetes.Client;

/// <summary>A failure as the API describes it: its <c>Status</c> object, or what could be told without one.</summary>
/// <param name="Code">The HTTP status; 0 when no answer came.</param>
/// <param name="Reason">The API's reason, such as <c>Expired</c>; <c>Unknown</c> when none was given.</param>
/// <param name="Message">The server's text, at most 2,048 characters.</param>
public sealed record ApiError(HttpStatusCode Code, string Reason, string Message)
{
    private const int LongestMessage = 2048;

    private ApiFailure? _judged;

    /// <summary>No answer came.</summary>
    /// <param name="why">Why not.</param>
    /// <returns>The error.</returns>
    public static ApiError NoAnswer(string why) => new(default, "Unavailable", why);

    /// <summary>How long the server asks to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The fields at fault, each as <c>field: text</c>.</summary>
    public IReadOnlyList<string> Causes { get; init; } = [];

    /// <summary>Where an expired list can be gone on with, by how things are now; null where that is not offered.</summary>
    public string? Continue { get; init; }

    /// <summary>What became of the request. Judged by the server's text among others, and kept when that is left out.</summary>
    public ApiFailure Kind => _judged ?? Judge();

    /// <summary>This error without the server's text.</summary>
    /// <returns>The error, of the same <see cref="Kind"/>.</returns>
    public ApiError WithoutText() => this with { Message = "", Causes = [], _judged = Kind };

    /// <summary>Reads a <c>Status</c> object; anything else becomes an error with the given code and no reason.</summary>
    /// <param name="utf8Json">The body.</param>
    /// <param name="code">The HTTP status, for a body that names none.</param>
    /// <returns>The error. Never throws.</returns>
    public static ApiError Read(ReadOnlyMemory<byte> utf8Json, HttpStatusCode code)
    {
        try
        {
            using var document = JsonDocument.Parse(utf8Json);
            var root = document.RootElement;
            if (root.ValueKind == JsonValueKind.Object)
                return Read(root, code);
        }
        catch (JsonException)
        {
            // A proxy's HTML page, a truncated body: the code alone must do.
        }

        return new ApiError(code, "Unknown", "");
    }

    private ApiFailure Judge()
    {
        if (AdmissionDenial.Is(this))
            return ApiFailure.Denied;
        // Some servers say so with 500, from the depths of server-side apply.
        if (Message.Contains("failed to create typed patch object", StringComparison.Ordinal))
            return ApiFailure.Rejected;
        if (Reason is "Expired" or "Gone")
            return ApiFailure.Expired;
        return Code switch
        {
            HttpStatusCode.NotFound => ApiFailure.NotFound,
            HttpStatusCode.Conflict => Reason == "AlreadyExists" ? ApiFailure.AlreadyExists : ApiFailure.Conflict,
            HttpStatusCode.UnprocessableEntity when Causes.Any(c => !c.StartsWith(": ", StringComparison.Ordinal)) => ApiFailure.Invalid,
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => ApiFailure.Rejected,
            HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized => ApiFailure.Forbidden,
            HttpStatusCode.Gone => ApiFailure.Expired,
            default(HttpStatusCode) or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError => ApiFailure.Unavailable,
            _ => ApiFailure.Other,
        };
    }

    private static ApiError Read(JsonElement root, HttpStatusCode code)
    {
        var named = root.TryGetProperty("code", out var c) && c.TryGetInt32Safe() is { } value and > 0 ? (HttpStatusCode)value : code;
        var causes = new List<string>();
        TimeSpan? retryAfter = null;
        if (root.TryGetProperty("details", out var details) && details.ValueKind == JsonValueKind.Object)
        {
            if (details.TryGetProperty("retryAfterSeconds", out var seconds) && seconds.TryGetInt32Safe() is { } wait and > 0)
                retryAfter = TimeSpan.FromSeconds(wait);
            if (details.TryGetProperty("causes", out var list) && list.ValueKind == JsonValueKind.Array)
                causes.AddRange(list.EnumerateArray().Take(20).Select(x => $"{x.Text("field")}: {x.Text("message")}"));
        }

        var message = root.Text("message");
        return new ApiError(named, root.Text("reason") is { Length: > 0 } r ? r : "Unknown", message.Length > LongestMessage ? message[..LongestMessage] : message)
        {
            RetryAfter = retryAfter,
            Causes = causes,
            Continue = root.TryGetProperty("metadata", out var metadata) && metadata.Text("continue") is { Length: > 0 } offered ? offered : null,
        };
    }
}
