namespace MockOperator.Resources;

/// <summary>
/// How the calls of a pod are asked for: HTTP on a port that listens on the loopback address alone, so that forwarding a port to the pod is the one way in. <c>GET /calls</c> answers a
/// <see cref="CallPage"/>, newest first. <c>GET /calls/stream</c> answers server-sent events: <c>call</c> with a <see cref="MockCall"/> each, and <c>missed</c> with a number when the reader was too slow.
/// <c>GET /calls/{id}</c> answers one <see cref="MockCall"/> with everything; <c>/calls/{id}/request-body</c> and <c>/calls/{id}/response-body</c> the bytes that were remembered. <c>DELETE /calls</c>
/// and <c>DELETE /calls/{id}</c> forget. Errors are JSON, <c>{"error": {"name", "message"}}</c>.
/// </summary>
public static class CallsPort
{
    /// <summary>The port.</summary>
    public const int Number = 9092;

    /// <summary>Path of all calls.</summary>
    public const string Path = "/calls";

    /// <summary>Path of the calls to come.</summary>
    public const string StreamPath = "/calls/stream";

    /// <summary>Most calls of a page; 100 when nothing is said.</summary>
    public const int MostOfPage = 1000;

    /// <summary>Calls of a page when nothing is said.</summary>
    public const int DefaultPage = 100;

    /// <summary>Name of a mock, or <c>namespace/name</c>. Default: all mocks of the process.</summary>
    public const string Mock = "mock";

    /// <summary>RFC 3339: answered then or later.</summary>
    public const string Since = "since";

    /// <summary>RFC 3339: answered then or earlier.</summary>
    public const string Until = "until";

    /// <summary>Methods, comma-separated, in any case.</summary>
    public const string Method = "method";

    /// <summary>The path, in any case; with the query if it has a question mark. <c>*</c> stands for any characters.</summary>
    public const string PathPattern = "path";

    /// <summary>Statuses, comma-separated: <c>404</c>, or <c>4xx</c> for a class.</summary>
    public const string Status = "status";

    /// <summary>Outcomes, comma-separated, as <see cref="MockCall.Outcome"/> has them; <c>unmatched</c> stands for <c>no_match,no_example</c>.</summary>
    public const string Outcome = "outcome";

    /// <summary>A text, in any case of ASCII letters, that the call has in its path, headers, bodies or the name of its example.</summary>
    public const string Text = "text";

    /// <summary>Calls of a page, 1 to <see cref="MostOfPage"/>.</summary>
    public const string Limit = "limit";

    /// <summary><see cref="CallPage.Next"/> of the page before.</summary>
    public const string Cursor = "cursor";

    /// <summary>What calls of a list come with, comma-separated, by Postman's names: <c>request.headers</c>, <c>request.body</c>, <c>response.headers</c>, <c>response.body</c>, and <c>nearest</c>. Default: none of it.</summary>
    public const string Include = "include";
}
