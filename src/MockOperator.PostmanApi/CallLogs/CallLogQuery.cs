using System.Globalization;
using MockOperator.Client.Calls;
using MockOperator.PostmanApi.Errors;
using MockOperator.PostmanApi.Requests;

namespace MockOperator.PostmanApi.CallLogs;

/// <summary>Which calls are asked for, in what order, and with what.</summary>
internal sealed record CallLogQuery
{
    /// <summary>Most entries of a page.</summary>
    public const int MostOfPage = 100;

    // What the mock had an answer for, and what it had not, by the outcomes of calls.
    private const string Successes = "matched,server_response,explained";
    private const string Errors = "no_match,no_example,unauthorized,rejected,aborted,error";

    private static readonly string[] Parts = ["request.headers", "request.body", "response.headers", "response.body"];

    public required CallFilter Filter { get; init; }

    public required int Limit { get; init; }

    public required bool IsAscending { get; init; }

    public CallLogCursor? Cursor { get; init; }

    /// <summary>Whether an outcome is told as a success.</summary>
    public static bool IsSuccess(string outcome) => outcome is "matched" or "server_response" or "explained";

    /// <summary>Reads the query.</summary>
    /// <exception cref="PostmanException">A parameter is wrong; the error names it.</exception>
    public static CallLogQuery Read(ApiCall call)
    {
        var since = Time(call, "since");
        var until = Time(call, "until");
        if (since > until)
            throw Wrong("since", "It cannot be later than until.");
        var ascending = IsAscendingOf(call);
        return new CallLogQuery
        {
            Filter = new CallFilter
            {
                Since = since,
                Until = until,
                Method = Method(call),
                Path = call.Query("requestPath"),
                Status = call.Number("responseStatusCode", 100, 599)?.ToString(CultureInfo.InvariantCulture),
                Outcome = Outcome(call),
                Include = Include(call),
            },
            Limit = call.Number("limit", 1, MostOfPage) ?? MostOfPage,
            IsAscending = ascending,
            Cursor = call.Query("cursor") is { } cursor ? CallLogCursor.Read(cursor, ascending) : null,
        };
    }

    private static bool IsAscendingOf(ApiCall call)
    {
        var sort = call.Query("sort");
        var direction = call.Query("direction")?.ToLowerInvariant();
        if (sort is not (null or "servedAt"))
            throw Wrong("sort", "Calls are sorted by servedAt.");
        if (sort is null != direction is null)
            throw Wrong(sort is null ? "sort" : "direction", "sort and direction are given together.");
        return direction switch
        {
            null or "desc" => false,
            "asc" => true,
            _ => throw Wrong("direction", "It is asc or desc."),
        };
    }

    private static string? Outcome(ApiCall call) => call.Query("responseType")?.ToLowerInvariant() switch
    {
        null => null,
        "success" => Successes,
        "error" => Errors,
        _ => throw Wrong("responseType", "It is success or error."),
    };

    private static string? Method(ApiCall call) =>
        call.Query("requestMethod") is not { } method ? null
        : method.Length <= 32 && method.All(char.IsAsciiLetter) ? method
        : throw Wrong("requestMethod", "It is one method, such as GET.");

    private static string? Include(ApiCall call)
    {
        if (call.Query("include") is not { } include)
            return null;
        var parts = include.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return parts.FirstOrDefault(part => !Parts.Contains(part, StringComparer.Ordinal)) is null
            ? string.Join(',', parts)
            : throw Wrong("include", $"What can be included is {string.Join(", ", Parts)}.");
    }

    private static DateTimeOffset? Time(ApiCall call, string name) =>
        call.Query(name) is not { } text ? null
        // A plus sign that nobody encoded has become a space.
        : DateTimeOffset.TryParse(text.Replace(' ', text.Contains('T', StringComparison.Ordinal) ? '+' : 'T'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time
        : throw Wrong(name, "A time by ISO 8601 is needed, such as 2026-01-02T15:04:05Z.");

    private static PostmanException Wrong(string name, string message) => new(KnownErrors.InvalidParameter(name, message));
}
