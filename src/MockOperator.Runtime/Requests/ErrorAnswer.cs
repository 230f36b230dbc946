using System.Buffers;
using System.Globalization;
using System.Text.Json;
using MockOperator.Mocking.Matching;
using MockOperator.Runtime.Access;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Requests;

/// <summary>An answer of the host itself, in the shape of Postman's mock host: <c>{"error":{"name","message","header"}}</c>. Encoded once.</summary>
internal sealed class ErrorAnswer
{
    /// <summary>Media type of all errors.</summary>
    public const string ContentType = "application/json; charset=utf-8";

    private ErrorAnswer(int status, string name, string message, string header, bool closeConnection = false, string? retryAfterSeconds = null, string? challenge = null, IEnumerable<string>? hosts = null)
    {
        Status = status;
        CloseConnection = closeConnection;
        RetryAfterSeconds = retryAfterSeconds;
        Challenge = challenge;
        Body = Write(name, message, header, hosts);
    }

    /// <summary>No mock has the host name.</summary>
    public static ErrorAnswer UnknownMock { get; } = new(404, "mockNotFoundError", "Please refresh and try again.", "Unable to find mock");

    /// <summary>Nothing is loaded yet.</summary>
    public static ErrorAnswer NotLoaded { get; } =
        new(503, "mockNotReadyError", "The content of this mock is not loaded yet. Try again in a moment.", "Mock is not ready", retryAfterSeconds: "1");

    private static ErrorAnswer InvalidProtocol { get; } =
        new(400, "invalidRequestError", "The request is not valid HTTP: look at its request line, header names and Content-Length.", "Invalid request");

    private static ErrorAnswer HeadTimeout { get; } =
        new(408, "requestTimeoutError", "The head of the request arrived too slowly.", "Request timeout");

    private static ErrorAnswer TargetTooLong { get; } =
        new(414, "requestTooLargeError", "The request line is longer than 32 KiB.", "Request too large");

    private static ErrorAnswer HeadTooLarge { get; } =
        new(431, "requestTooLargeError", "The headers of the request are larger than 64 KiB, or more than 100.", "Request too large");

    private static ErrorAnswer UnknownVersion { get; } =
        new(505, "invalidRequestError", "Only HTTP/1.0 and HTTP/1.1 are spoken here.", "Invalid request");

    /// <summary>The target is no path.</summary>
    public static ErrorAnswer InvalidTarget { get; } =
        new(400, "invalidRequestError", "The request target must be a path, as in GET /users HTTP/1.1.", "Invalid request");

    /// <summary>The path is badly percent-encoded.</summary>
    public static ErrorAnswer InvalidEncoding { get; } =
        new(400, "invalidRequestError", "A percent sign in the path must be followed by two hex digits; write %25 for the sign itself.", "Invalid request");

    /// <summary>The body is above the limit.</summary>
    public static ErrorAnswer BodyTooLarge { get; } =
        new(413, "requestTooLargeError", "The request body is larger than 10 MB.", "Request too large", closeConnection: true);

    /// <summary>The body did not arrive as announced.</summary>
    public static ErrorAnswer InvalidBody { get; } =
        new(400, "invalidRequestError", "The request body is malformed or ended too early.", "Invalid request", closeConnection: true);

    /// <summary>The body arrived too slowly.</summary>
    public static ErrorAnswer BodyTimeout { get; } =
        new(408, "requestTimeoutError", "The request body arrived too slowly.", "Request timeout", closeConnection: true);

    /// <summary>Too many large bodies or delayed requests are under way.</summary>
    public static ErrorAnswer Overloaded { get; } =
        new(503, "mockOverloadedError", "Too many requests are being held by this mock. Try again in a moment.", "Mock is overloaded", retryAfterSeconds: "1");

    /// <summary>Too many explanations are being made.</summary>
    public static ErrorAnswer TooManyExplanations { get; } = new(
        503,
        "mockOverloadedError",
        $"At most {ExplanationLimit.DefaultCapacity} explanations are made at once. Try again in a moment, or leave out the header x-mock-explain.",
        "Mock is overloaded",
        retryAfterSeconds: "1");

    private static ErrorAnswer PathTooCostly { get; } = new(
        414,
        "requestTooLargeError",
        "Comparing the path with the examples takes more work than one request may cause. Send a shorter path; when none is similar on purpose, set spec.matching.fuzzy of the MockServer to false.",
        "Request too large");

    private static ErrorAnswer QueryTooCostly { get; } = new(
        414, "requestTooLargeError", "Comparing the query with the examples takes more work than one request may cause. Send fewer parameters.", "Request too large");

    private static ErrorAnswer TooManyParameters { get; } = new(
        414, "requestTooLargeError", $"The query has more than {WorkBudget.MaxParameters} parameters.", "Request too large");

    private static ErrorAnswer HeadersTooCostly { get; } = new(
        431,
        "requestTooLargeError",
        "Comparing the headers with the examples takes more work than one request may cause. Name fewer in x-mock-match-request-headers.",
        "Request too large");

    private static ErrorAnswer BodyTooCostly { get; } = new(
        413, "requestTooLargeError", "Comparing the body with the examples takes more work than one request may cause. Send a smaller one.", "Request too large");

    private static ErrorAnswer TooManyParts { get; } = new(
        413,
        "requestTooLargeError",
        $"The body has more than {WorkBudget.MaxParts} values or fields, and this mock compares them one by one. Send fewer, or set spec.matching.body of the MockServer to Exact or Ignore.",
        "Request too large");

    /// <summary>A preflight from an origin that may not call (Fetch standard, CORS check: it fails either way; this says why).</summary>
    public static ErrorAnswer OriginRefused { get; } =
        new(403, "corsOriginError", "Pages of this origin may not call the mock. Add the origin to spec.cors.allowOrigins of the MockServer.", "Origin is not allowed");

    /// <summary>A fault of ours.</summary>
    public static ErrorAnswer Fault { get; } =
        new(500, "mockServerError", "The mock server failed to answer. Its log says why.", "Mock server error");

    /// <summary>Makes the answer to a caller without a key of the mock.</summary>
    public static ErrorAnswer Unauthorized(AccessRefusal refusal) => new(401, refusal.Name, refusal.Message, refusal.Header, challenge: refusal.Challenge);

    /// <summary>Makes the answer to a caller whom a limit refuses. The names differ, so that a client can tell a limit that is over in a moment from one that is not.</summary>
    public static ErrorAnswer Limited(CallRefusal refusal)
    {
        (int status, string name, string header) = refusal.Reason switch
        {
            LimitReason.RateLimit => (429, "rateLimitError", "Rate limit reached"),
            LimitReason.Quota => (429, "usageLimitError", "Usage limit reached"),
            _ => (503, "usageGrantError", "Calls cannot be counted"),
        };
        return new(status, name, refusal.Message, header, retryAfterSeconds: refusal.RetryAfterSeconds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Too many wrong keys came from the caller's address.</summary>
    public static ErrorAnswer TooManyKeys { get; } = new(
        429,
        "apiKeyAttemptsError",
        "Too many wrong keys came from this address. Wait for the time that Retry-After says, then send a right one.",
        "Too many wrong API keys",
        retryAfterSeconds: FailureThrottle.Refill.TotalSeconds.ToString("0"));

    /// <summary>A request that the web server itself refuses, by the status it chose; null for a status that is none of these.</summary>
    public static ErrorAnswer? OfProtocol(int status) => status switch
    {
        400 => InvalidProtocol,
        408 => HeadTimeout,
        411 or 413 => InvalidBody,
        414 => TargetTooLong,
        431 => HeadTooLarge,
        505 => UnknownVersion,
        _ => null,
    };

    /// <summary>A request that takes too much work to be matched.</summary>
    /// <param name="excess">What of it.</param>
    public static ErrorAnswer TooMuch(RequestExcess excess) => excess switch
    {
        RequestExcess.Path => PathTooCostly,
        RequestExcess.Query => QueryTooCostly,
        RequestExcess.Parameters => TooManyParameters,
        RequestExcess.Headers => HeadersTooCostly,
        RequestExcess.Parts => TooManyParts,
        _ => BodyTooCostly,
    };

    /// <summary>HTTP status.</summary>
    public int Status { get; }

    /// <summary>Whether the connection cannot be used any further.</summary>
    public bool CloseConnection { get; }

    /// <summary>Value of <c>Retry-After</c>; null for none.</summary>
    public string? RetryAfterSeconds { get; }

    /// <summary>Value of <c>WWW-Authenticate</c>, which a 401 must have (RFC 9110 §15.5.2); null for none.</summary>
    public string? Challenge { get; }

    /// <summary>The body, JSON.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>No mock has the host name, and the caller may know which do.</summary>
    /// <param name="hosts">Host names that are served.</param>
    public static ErrorAnswer UnknownAmong(IEnumerable<string> hosts) =>
        new(404, "mockNotFoundError", "No mock has this host name, and none is named by the beginning of the path, as in /NAME/pets; see details.hosts for the names.", "Unable to find mock", hosts: hosts);

    private static byte[] Write(string name, string message, string header, IEnumerable<string>? hosts)
    {
        var buffer = new ArrayBufferWriter<byte>(256);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("name", name);
            json.WriteString("message", message);
            json.WriteString("header", header);
            if (hosts is not null)
            {
                json.WriteStartObject("details");
                json.WriteStartArray("hosts");
                foreach (string host in hosts)
                {
                    json.WriteStringValue(host);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenMemory.ToArray();
    }
}
