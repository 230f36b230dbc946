using System.Globalization;
using System.Text;
using MockOperator.Resources;

namespace MockOperator.Client.Calls;

/// <summary>A call as a curl line that makes it again, as far as it is remembered.</summary>
/// <param name="Line">The line, for a POSIX shell.</param>
/// <param name="LeftOut">What of the call is not in the line, and why: a sentence each; empty when all is. Whoever is given the line is told.</param>
public sealed record CallCurl(string Line, IReadOnlyList<string> LeftOut)
{
    // A pod ends with it what was too long to be remembered whole.
    private const char More = '…';

    // Linux takes no argument of 128 KiB and more (MAX_ARG_STRLEN); what a shell writes by itself has no bound.
    private const int LongestArgument = 100_000;

    // What curl or the connection says by itself, and what proxies on the way said.
    private static readonly HashSet<string> Own = new(StringComparer.OrdinalIgnoreCase)
    {
        "host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto",
    };

    /// <summary>Writes the line.</summary>
    /// <param name="call">The call, with headers and body.</param>
    /// <param name="url">The URL of the mock.</param>
    /// <param name="longestBody">Most bytes of a body that may stand in the line.</param>
    /// <returns>The line, and what is not in it.</returns>
    public static CallCurl Of(MockCall call, string url, int longestBody = int.MaxValue)
    {
        ArgumentNullException.ThrowIfNull(call);
        ArgumentNullException.ThrowIfNull(url);
        var leftOut = new List<string>();
        var target = Target(call.Request.Path, leftOut);
        var headers = Headers(call.Request.Headers, leftOut);
        var body = Body(call.Request, longestBody, leftOut);

        var line = new StringBuilder(Pipe(body)).Append("curl -i");
        if (call.Request.Method == "HEAD")
            line.Append(" -I");
        else if (call.Request.Method != (body is null ? "GET" : "POST"))
            line.Append(" -X ").Append(ShellWord.Quote(call.Request.Method));
        if (target.AsSpan().ContainsAny("[]{}"))
            line.Append(" --globoff");
        if (target.Contains("/.", StringComparison.Ordinal))
            line.Append(" --path-as-is");
        foreach (var header in headers)
            line.Append(" \\\n  -H ").Append(ShellWord.Quote(header.Value.Length == 0 ? $"{header.Name};" : $"{header.Name}: {header.Value}"));
        // Else curl would call it a form.
        if (body is not null && call.Request.Headers?.Any(static header => header.Name.Equals("content-type", StringComparison.OrdinalIgnoreCase)) == false)
            line.Append(" \\\n  -H Content-Type:");
        if (body is not null)
            line.Append(IsPiped(body) ? " \\\n  --data-binary @-" : $" \\\n  --data-raw {ShellWord.Quote(body.Text!)}");
        var root = url.TrimEnd('/');
        line.Append(" \\\n  ").Append(target.StartsWith('/') && !target.Contains('#', StringComparison.Ordinal)
            ? ShellWord.Quote(root + target)
            : $"--request-target {ShellWord.Quote(target)} {ShellWord.Quote(root)}");
        return new CallCurl(line.ToString(), leftOut);
    }

    private static string Target(string target, List<string> leftOut)
    {
        if (target.EndsWith(More))
        {
            leftOut.Add("The end of the URL is left out: it was too long to be remembered whole.");
            target = target[..^1];
        }

        var question = target.IndexOf('?', StringComparison.Ordinal);
        if (question < 0)
            return target;
        var parameters = target[(question + 1)..].Split('&');
        var masked = parameters.Where(static parameter => parameter.EndsWith("=" + CalledHeader.Masked, StringComparison.Ordinal)).ToList();
        if (masked.Count == 0)
            return target;
        leftOut.Add(Sentence("query parameter", masked.Select(static parameter => parameter[..^(CalledHeader.Masked.Length + 1)]), "masked, for fear of secrets"));
        var rest = string.Join('&', parameters.Except(masked, StringComparer.Ordinal));
        return rest.Length == 0 ? target[..question] : $"{target[..question]}?{rest}";
    }

    private static List<CalledHeader> Headers(IReadOnlyList<CalledHeader>? headers, List<string> leftOut)
    {
        if (headers is null)
        {
            leftOut.Add("The headers are left out: they were not read.");
            return [];
        }

        var sent = headers.Where(static header => !Own.Contains(header.Name)).ToList();
        var masked = sent.Where(static header => header.Value == CalledHeader.Masked).ToList();
        var cut = sent.Where(static header => header.Value.EndsWith(More)).ToList();
        if (masked.Count > 0)
            leftOut.Add(Sentence("header", masked.Select(static header => header.Name), "masked, for fear of secrets"));
        if (cut.Count > 0)
            leftOut.Add(Sentence("header", cut.Select(static header => header.Name), "too long to be remembered whole"));
        return [.. sent.Except(masked).Except(cut).Where(static header => !(header.Value == "*/*" && header.Name.Equals("accept", StringComparison.OrdinalIgnoreCase)))];
    }

    private static CalledBody? Body(CalledRequest request, int longest, List<string> leftOut)
    {
        if (request.Body is not { } body)
        {
            leftOut.Add("The body, if there was one, is left out: it was not read.");
            return null;
        }

        var length = Count(body.Length);
        var why = body switch
        {
            { Length: 0 } or { Text: "" } or { Base64: "" } => "",
            { Text: null, Base64: null } => $"none of its {length} bytes are remembered",
            { IsTruncated: true } => $"only the first {Count(Remembered(body))} of its {length} bytes are remembered",
            _ when body.Length > longest => $"its {length} bytes are more than a line is good for",
            _ when request.Method == "HEAD" => "curl sends none with HEAD",
            _ => null,
        };
        if (why is { Length: > 0 })
            leftOut.Add($"The body is left out: {why}.");
        return why is null ? body : null;
    }

    private static long Remembered(CalledBody body) => body.Text is { } text ? Encoding.UTF8.GetByteCount(text) : (body.Base64!.Length / 4 * 3L) - body.Base64.Count(static c => c == '=');

    private static bool IsPiped(CalledBody body) => body.Text is not { } text || text.Contains('\0', StringComparison.Ordinal) || Encoding.UTF8.GetByteCount(text) > LongestArgument;

    private static string Pipe(CalledBody? body) => body switch
    {
        null => "",
        _ when !IsPiped(body) => "",
        { Text: { } text } when !text.Contains('\0', StringComparison.Ordinal) => $"printf %s {ShellWord.Quote(text)} | ",
        { Text: { } text } => $"printf %s {Convert.ToBase64String(Encoding.UTF8.GetBytes(text))} | base64 -d | ",
        _ => $"printf %s {ShellWord.Quote(body.Base64!)} | base64 -d | ",
    };

    private static string Sentence(string what, IEnumerable<string> names, string why)
    {
        var all = names.Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        return all.Count == 1
            ? $"The {what} {all[0]} is left out: its value is {why}."
            : $"The {what}s {string.Join(", ", all.Take(all.Count - 1))} and {all[^1]} are left out: their values are {why}.";
    }

    private static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
