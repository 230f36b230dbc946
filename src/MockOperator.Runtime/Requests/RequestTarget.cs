using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Runtime.Requests;

/// <summary>Brings the target of a request line into the form that the engine takes: path and query, not decoded.</summary>
internal static class RequestTarget
{
    /// <summary>Takes path and query from an origin-form or absolute-form target (RFC 9112 §3.2).</summary>
    /// <param name="raw">The target as on the wire.</param>
    /// <param name="target">Path and query, starting with a slash.</param>
    /// <param name="error">What to answer when it is neither.</param>
    public static bool TryRead(string raw, [NotNullWhen(true)] out string? target, [NotNullWhen(false)] out ErrorAnswer? error)
    {
        target = raw;
        error = null;
        if (raw.Length == 0 || raw[0] != '/')
        {
            int scheme = raw.IndexOf("://", StringComparison.Ordinal);
            if (scheme <= 0)
            {
                error = ErrorAnswer.InvalidTarget;
                return false;
            }

            int path = raw.AsSpan(scheme + 3).IndexOfAny('/', '?');
            string rest = path < 0 ? "/" : raw[(scheme + 3 + path)..];
            target = rest[0] == '/' ? rest : "/" + rest;
        }

        if (!IsPathWellEncoded(target))
        {
            error = ErrorAnswer.InvalidEncoding;
            return false;
        }

        return true;
    }

    /// <summary>Only the path is judged: a bare percent sign in a query is common (<c>?discount=10%</c>) and harmless.</summary>
    private static bool IsPathWellEncoded(ReadOnlySpan<char> target)
    {
        int percent = target.IndexOf('%');
        if (percent < 0)
        {
            return true;
        }

        int query = target.IndexOf('?');
        ReadOnlySpan<char> path = query < 0 ? target : target[..query];
        while ((percent = path.IndexOf('%')) >= 0)
        {
            if (percent + 2 >= path.Length || !char.IsAsciiHexDigit(path[percent + 1]) || !char.IsAsciiHexDigit(path[percent + 2]))
            {
                return false;
            }

            path = path[(percent + 3)..];
        }

        return true;
    }
}
