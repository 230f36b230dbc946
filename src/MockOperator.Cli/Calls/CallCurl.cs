using System.Text;
using MockOperator.Resources;

namespace MockOperator.Cli.Calls;

/// <summary>A call as a curl line that makes it again, as far as it is remembered: what was masked stays masked.</summary>
internal static class CallCurl
{
    // What curl or the connection says by itself.
    private static readonly string[] Own = ["host", "content-length", "connection", "accept-encoding", "transfer-encoding", "expect"];

    /// <summary>Writes the line, for a shell.</summary>
    /// <param name="call">The call, with headers and body.</param>
    /// <param name="url">The URL of the mock, without a slash at the end.</param>
    public static string Write(MockCall call, string url)
    {
        var line = new StringBuilder();
        var body = call.Request.Body;
        if (body?.Base64 is not null)
            line.Append("printf %s ").Append(Quoted(body.Base64)).Append(" | base64 -d | ");
        line.Append("curl -i");
        var hasBody = body is { Text: not null } or { Base64: not null };
        if (call.Request.Method != (hasBody ? "POST" : "GET"))
            line.Append(call.Request.Method == "HEAD" ? " -I" : $" -X {Quoted(call.Request.Method)}");
        foreach (var header in call.Request.Headers ?? [])
        {
            if (!Own.Contains(header.Name, StringComparer.OrdinalIgnoreCase))
                line.Append(" \\\n  -H ").Append(Quoted($"{header.Name}: {header.Value}"));
        }

        if (body?.Base64 is not null)
            line.Append(" \\\n  --data-binary @-");
        else if (body?.Text is not null)
            line.Append(" \\\n  --data-binary ").Append(Quoted(body.Text));
        return line.Append(" \\\n  ").Append(Quoted(url.TrimEnd('/') + call.Request.Path)).ToString();
    }

    /// <summary>One word of a shell. What needs no quotes gets none; control characters are written out by the shell, so that a terminal does not follow them.</summary>
    public static string Quoted(string text)
    {
        if (text.Length > 0 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '@' or '%' or '+' or ','))
            return text;
        if (!text.Any(c => char.IsControl(c) && c != '\n'))
            return $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
        var quoted = new StringBuilder("$'");
        foreach (var c in text)
        {
            _ = c switch
            {
                '\\' => quoted.Append("\\\\"),
                '\'' => quoted.Append("\\'"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(c) => quoted.Append("\\u").Append(((int)c).ToString("x4")),
                _ => quoted.Append(c),
            };
        }

        return quoted.Append('\'').ToString();
    }
}
