using System.Text;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Explaining;

/// <summary>A call as somebody types it, in curl's words.</summary>
/// <param name="Method">The method.</param>
/// <param name="Target">Path and query as they are sent.</param>
/// <param name="Headers">The headers.</param>
/// <param name="Body">The body; null for none.</param>
internal sealed record AskedCall(string Method, string Target, IReadOnlyList<KeyValuePair<string, string>> Headers, ReadOnlyMemory<byte>? Body)
{
    private const int LongestBody = 10 * 1024 * 1024;

    /// <summary>Reads one.</summary>
    /// <param name="words">Method and path, or the path alone, which is asked for with GET.</param>
    /// <param name="headers"><c>Name: value</c> each.</param>
    /// <param name="body">The text, or <c>@file</c>; null for none.</param>
    /// <exception cref="CommandException">Something of it is not what it should be.</exception>
    public static AskedCall Read(IReadOnlyList<string> words, IReadOnlyList<string> headers, string? body)
    {
        var (method, path) = words switch
        {
            [var one] => (body is null ? "GET" : "POST", one),
            [var one, var other] => (one.ToUpperInvariant(), other),
            _ => throw new CommandException("Give a method and a path, such as: GET '/pets?limit=10'."),
        };
        if (method.Length == 0 || !method.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
            throw new CommandException($"'{method}' is no method. Give a method and a path, such as: GET '/pets?limit=10'.");
        return new AskedCall(method, Encoded(path.StartsWith('/') ? path : "/" + path), [.. headers.Select(Header)], Content(body));
    }

    /// <summary>The request, for a host that answers to any name.</summary>
    public HttpRequestMessage ToMessage(string host)
    {
        // The path as it was typed: what the framework would make of dots and escapes is not what a mock is asked.
        var address = new Uri($"http://{host}{Target}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var request = new HttpRequestMessage(new HttpMethod(Method), address);
        if (Body is { } body)
            request.Content = new ReadOnlyMemoryContent(body);
        foreach (var (name, value) in Headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
                (request.Content ??= new ByteArrayContent([])).Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    private static KeyValuePair<string, string> Header(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && Resources.HttpToken.IsToken(text.AsSpan(0, colon)) && !text.Any(char.IsControl)
            ? new(text[..colon], text[(colon + 1)..].Trim())
            : throw new CommandException($"-H '{Printable.Line(text)}' is no header. Give a name and a value, such as: -H 'Accept: application/json'.");
    }

    private static ReadOnlyMemory<byte>? Content(string? body)
    {
        if (body is null || !body.StartsWith('@'))
            return body is null ? (ReadOnlyMemory<byte>?)null : Encoding.UTF8.GetBytes(body);
        try
        {
            var file = new FileInfo(body[1..]);
            return !file.Exists ? throw new CommandException($"There is no file {body[1..]}.")
                : file.Length > LongestBody ? throw new CommandException($"The file {body[1..]} is longer than {LongestBody / 1024 / 1024} MiB, more than a mock takes.")
                : File.ReadAllBytes(file.FullName);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new CommandException($"The file {body[1..]} cannot be read: {e.Message}", e);
        }
    }

    /// <summary>What cannot stand in a request line is escaped; all else stays as it was typed.</summary>
    private static string Encoded(string target)
    {
        var encoded = new StringBuilder(target.Length);
        foreach (var rune in target.EnumerateRunes())
        {
            if (rune.Value is > ' ' and < 0x7F and not '#')
                encoded.Append((char)rune.Value);
            else
                encoded.Append(Uri.EscapeDataString(rune.ToString()));
        }

        return encoded.ToString();
    }
}
