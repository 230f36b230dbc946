using System.Text;
using MockOperator.Mocking;

namespace MockOperator.Fuzzing.Targets;

/// <summary>
/// A request as it gets through a server to the engine: whatever the bytes are, the method is a token, the target is visible ASCII that begins with a slash, and names and values of headers
/// are what HTTP allows. The body is anything.
/// </summary>
/// <param name="Method">Method.</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">Headers.</param>
/// <param name="Body">Body.</param>
internal sealed record MadeUpRequest(string Method, string Target, HeaderTable Headers, ReadOnlyMemory<byte> Body)
{
    /// <summary>The same for the engine.</summary>
    public MockRequest ToRequest() => new(Method, Target, Headers, Body);

    /// <summary>Reads <c>METHOD TARGET</c>, lines of headers, an empty line and a body.</summary>
    public static MadeUpRequest Read(ReadOnlyMemory<byte> input)
    {
        ReadOnlySpan<byte> rest = input.Span;
        string[] first = Encoding.Latin1.GetString(Line(ref rest)).Split(' ', 2);
        var headers = new HeaderTable();
        while (!rest.IsEmpty)
        {
            ReadOnlySpan<byte> line = Line(ref rest);
            int colon = line.IndexOf((byte)':');
            if (line.IsEmpty)
            {
                break;
            }

            if (colon > 0 && Token(Encoding.Latin1.GetString(line[..colon])) is { Length: > 0 } name)
            {
                headers.Add(name, Encoding.Latin1.GetString(line[(colon + 1)..]).Trim().Replace('\r', ' ').Replace('\0', ' '));
            }
        }

        string method = Token(first[0]);
        return new MadeUpRequest(method.Length == 0 ? "GET" : method, TargetOf(first.Length > 1 ? first[1] : "/"), headers, input[(input.Length - rest.Length)..]);
    }

    /// <summary>A text as the target of a request.</summary>
    public static string TargetOf(string text)
    {
        var target = new StringBuilder(text.StartsWith('/') ? "" : "/");
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is > ' ' and <= '~' and not '#')
            {
                target.Append((char)rune.Value);
            }
            else
            {
                target.Append(Uri.EscapeDataString(rune.ToString()));
            }
        }

        return target.ToString();
    }

    private static string Token(string text) => string.Concat(text.Where(static character => char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~".Contains(character, StringComparison.Ordinal)));

    private static ReadOnlySpan<byte> Line(scoped ref ReadOnlySpan<byte> rest)
    {
        int end = rest.IndexOf((byte)'\n');
        ReadOnlySpan<byte> line = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return line.EndsWith("\r"u8) ? line[..^1] : line;
    }
}
