using System.Collections.Immutable;
using MockOperator.Mocking.Collections;
using MockOperator.Mocking.Templating;

namespace MockOperator.Mocking.Matching;

/// <summary>
/// A saved URL with its variables filled in and then split again: a base URL may bring a path, and a value may bring further segments or a query.
/// </summary>
/// <param name="Path">The path without its leading slash, still encoded; tokens that nothing defines are left.</param>
/// <param name="Query">The query parameters, still encoded.</param>
internal sealed record ResolvedUrl(string Path, ImmutableArray<QueryParameter> Query)
{
    /// <summary>Fills in the variables of a URL.</summary>
    internal static ResolvedUrl Read(ExampleUrl url, VariableResolver variables)
    {
        string prefix = PathOf(variables.Resolve(url.Host));
        string own = string.Join('/', url.Path.Select(variables.Resolve));
        bool hasOwn = !url.Path.IsEmpty;

        // A base URL that ends in slashes, or is nothing but a slash, adds no empty segment before the path that follows it.
        string path = !hasOwn ? prefix : prefix.TrimEnd('/') is { Length: > 0 } kept ? kept + "/" + own : own;
        ImmutableArray<QueryParameter>.Builder query = ImmutableArray.CreateBuilder<QueryParameter>();
        int end = IndexOutsideTokens(path, "?#");
        if (end >= 0)
        {
            AddQuery(query, path[end] == '?' ? path[(end + 1)..] : "");
            path = path[..end];
        }

        foreach (QueryParameter parameter in url.Query)
        {
            query.Add(new QueryParameter(variables.Resolve(parameter.Key), parameter.Value is null ? null : variables.Resolve(parameter.Value)));
        }

        return new ResolvedUrl(path, query.ToImmutable());
    }

    /// <summary>The part of a resolved host that is a path: <c>v1</c> of <c>https://x/v1</c>.</summary>
    private static string PathOf(string host)
    {
        int scheme = host.IndexOf("://", StringComparison.Ordinal);
        string rest = scheme < 0 ? host : host[(scheme + 3)..];
        int slash = IndexOutsideTokens(rest, "/");
        return slash < 0 ? "" : rest[(slash + 1)..];
    }

    private static int IndexOutsideTokens(string text, string any)
    {
        int position = 0;
        while (position < text.Length)
        {
            if (text.AsSpan(position).StartsWith("{{", StringComparison.Ordinal))
            {
                int close = text.IndexOf("}}", position, StringComparison.Ordinal);
                if (close > 0)
                {
                    position = close + 2;
                    continue;
                }
            }

            if (any.Contains(text[position], StringComparison.Ordinal))
            {
                return position;
            }

            position++;
        }

        return -1;
    }

    private static void AddQuery(ImmutableArray<QueryParameter>.Builder query, string text)
    {
        int hash = text.IndexOf('#', StringComparison.Ordinal);
        foreach (string piece in (hash < 0 ? text : text[..hash]).Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int equals = piece.IndexOf('=', StringComparison.Ordinal);
            query.Add(equals < 0 ? new QueryParameter(piece, null) : new QueryParameter(piece[..equals], piece[(equals + 1)..]));
        }
    }
}
