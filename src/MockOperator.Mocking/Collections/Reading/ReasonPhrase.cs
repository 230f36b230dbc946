namespace MockOperator.Mocking.Collections.Reading;

/// <summary>Tells the reason phrases that say something from those that every server sends anyway.</summary>
public static class ReasonPhrase
{
    private const int Longest = 256;

    /// <summary>The phrase to send; null for the usual one, an empty one, and one that a status line cannot carry (RFC 9112 §4).</summary>
    internal static string? Keep(int status, string? phrase)
    {
        string? trimmed = phrase?.Trim();
        bool sendable = trimmed is { Length: > 0 and <= Longest } && !trimmed.AsSpan().ContainsAnyExceptInRange(' ', '~');
        return sendable && trimmed != Usual(status) ? trimmed : null;
    }

    /// <summary>RFC 9110 §15 and the IANA registry, in the words that Kestrel sends.</summary>
    /// <param name="status">The status.</param>
    /// <returns>The phrase; null when the status has none.</returns>
    public static string? Usual(int status) => status switch
    {
        200 => "OK",
        201 => "Created",
        202 => "Accepted",
        203 => "Non-Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi-Status",
        208 => "Already Reported",
        226 => "IM Used",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        305 => "Use Proxy",
        306 => "Switch Proxy",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        414 => "URI Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        418 => "I'm a teapot",
        419 => "Authentication Timeout",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        423 => "Locked",
        424 => "Failed Dependency",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        499 => "Client Closed Request",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "HTTP Version Not Supported",
        506 => "Variant Also Negotiates",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        510 => "Not Extended",
        511 => "Network Authentication Required",
        _ => null,
    };
}
