using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;
using MockOperator.Runtime.Mocks;

namespace MockOperator.Runtime.CallReading;

/// <summary>What somebody asks of the calls: which, how many, and how much of each.</summary>
internal sealed record CallQuery
{
    private static readonly string[] s_names =
    [
        CallsPort.Mock, CallsPort.Since, CallsPort.Until, CallsPort.Method, CallsPort.PathPattern, CallsPort.Status, CallsPort.Outcome, CallsPort.Text, CallsPort.Limit, CallsPort.Cursor,
        CallsPort.Include,
    ];

    /// <summary>Name of the mock, or namespace and name; null for all.</summary>
    public string? Mock { get; private init; }

    /// <summary>Which calls.</summary>
    public CallFilter Filter { get; private init; } = CallFilter.Everything;

    /// <summary>Most calls of the page.</summary>
    public int Limit { get; private init; } = CallsPort.DefaultPage;

    /// <summary>Where the page begins; null for the newest.</summary>
    public string? Cursor { get; private init; }

    /// <summary>How much of each.</summary>
    public CallParts Parts { get; private init; }

    /// <summary>Whether it asks for anything but a mock.</summary>
    public bool IsNarrowed { get; private init; }

    /// <summary>Whether the calls of a mock are asked for.</summary>
    public bool IsOf(HostedMock mock)
    {
        int slash = Mock?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return Mock is null || (slash < 0 ? Mock == mock.Name : Mock.AsSpan(slash + 1).SequenceEqual(mock.Name) && Mock.AsSpan(0, slash).SequenceEqual(mock.Namespace));
    }

    /// <summary>Reads the query of a request.</summary>
    /// <param name="text">The query, with its question mark.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="problem">What is wrong: which parameter, and the cure.</param>
    public static bool TryRead(string text, [NotNullWhen(true)] out CallQuery? query, [NotNullWhen(false)] out string? problem)
    {
        query = null;
        problem = null;
        Dictionary<string, StringValues> given = QueryHelpers.ParseQuery(text);
        if (given.Keys.FirstOrDefault(static name => !s_names.Contains(name)) is { } unknown)
        {
            problem = $"{Shown(unknown)}: there is no such parameter; there are {string.Join(", ", s_names)}.";
            return false;
        }

        if (given.FirstOrDefault(static parameter => parameter.Value.Count > 1).Key is { } repeated)
        {
            problem = $"{repeated}: once is enough; several values are separated by commas.";
            return false;
        }

        string? Value(string name) => given.GetValueOrDefault(name) is [{ Length: > 0 } value] ? value : null;
        if (!TryReadTime(Value(CallsPort.Since), CallsPort.Since, DateTimeOffset.MinValue, out DateTimeOffset since, out problem)
            || !TryReadTime(Value(CallsPort.Until), CallsPort.Until, DateTimeOffset.MaxValue, out DateTimeOffset until, out problem)
            || !StatusRanges.TryRead(Value(CallsPort.Status), out StatusRanges statuses, out problem)
            || !OutcomeSet.TryRead(Value(CallsPort.Outcome), out OutcomeSet outcomes, out problem)
            || !TryReadParts(Value(CallsPort.Include), out CallParts parts, out problem))
        {
            return false;
        }

        int limit = CallsPort.DefaultPage;
        if (Value(CallsPort.Limit) is { } asked
            && (!int.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out limit) || limit is < 1 or > CallsPort.MostOfPage))
        {
            problem = $"{CallsPort.Limit}: a number from 1 to {CallsPort.MostOfPage} is needed.";
            return false;
        }

        query = new CallQuery
        {
            Mock = Value(CallsPort.Mock),
            Filter = new CallFilter
            {
                Since = since,
                Until = until,
                Methods = Value(CallsPort.Method)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
                Path = Value(CallsPort.PathPattern),
                Statuses = statuses,
                Outcomes = outcomes,
                Text = Value(CallsPort.Text),
            },
            Limit = limit,
            Cursor = Value(CallsPort.Cursor),
            Parts = parts,
            IsNarrowed = given.Keys.Any(static name => name != CallsPort.Mock),
        };
        return true;
    }

    private static bool TryReadTime(string? text, string name, DateTimeOffset none, out DateTimeOffset time, [NotNullWhen(false)] out string? problem)
    {
        time = none;
        bool isRight = text is null || (text.Contains('T', StringComparison.OrdinalIgnoreCase)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out time));
        problem = isRight ? null : $"{name}: a time by RFC 3339 is needed, such as 2026-01-31T12:00:00Z.";
        return isRight;
    }

    private static bool TryReadParts(string? text, out CallParts parts, [NotNullWhen(false)] out string? problem)
    {
        parts = CallParts.None;
        problem = null;
        foreach (string name in text?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            CallParts part = name.ToLowerInvariant() switch
            {
                "request.headers" => CallParts.RequestHeaders,
                "request.body" => CallParts.RequestBody,
                "response.headers" => CallParts.ResponseHeaders,
                "response.body" => CallParts.ResponseBody,
                "nearest" => CallParts.Nearest,
                _ => CallParts.None,
            };
            if (part == CallParts.None)
            {
                problem = $"{CallsPort.Include}: {Shown(name)} is not known; there are request.headers, request.body, response.headers, response.body and nearest.";
                return false;
            }

            parts |= part;
        }

        return true;
    }

    private static string Shown(string text) => text.Length <= 40 ? $"'{text}'" : $"'{text[..40]}…'";
}
