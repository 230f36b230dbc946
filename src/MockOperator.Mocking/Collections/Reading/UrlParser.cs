using System.Collections.Immutable;

namespace MockOperator.Mocking.Collections.Reading;

/// <summary>
/// Splits a URL as Postman writes it: not by RFC 3986, because <c>{{baseUrl}}/users/:id?page={{n}}</c> is none. The rules are the Collection SDK's:
/// the fragment goes first, then the query; the first piece is the host even without a scheme; a token in braces is never split.
/// </summary>
internal static class UrlParser
{
    /// <summary>Splits a whole URL. Leading white space, user information and fragment are left out.</summary>
    public static ExampleUrl Parse(string url)
    {
        ReadOnlySpan<char> rest = url.AsSpan().TrimStart();
        int hash = VariableTokens.IndexOf(rest, '#');
        rest = hash < 0 ? rest : rest[..hash];

        ImmutableArray<QueryParameter> query = [];
        int question = VariableTokens.IndexOf(rest, '?');
        if (question >= 0)
        {
            query = ParseQuery(rest[(question + 1)..]);
            rest = rest[..question];
        }

        string address = rest.ToString().Replace('\\', '/');
        int authority = AfterScheme(address);
        int slash = VariableTokens.IndexOf(address, '/', authority);
        return new ExampleUrl
        {
            Host = WithoutUser(address.AsSpan(0, slash < 0 ? address.Length : slash), authority),
            Path = slash < 0 ? [] : SplitPath(address.AsSpan(slash + 1)),
            Query = query,
        };
    }

    /// <summary>Splits a path that has no leading slash any more. The empty path has one empty segment: it comes from <c>/</c>.</summary>
    public static ImmutableArray<string> SplitPath(ReadOnlySpan<char> path)
    {
        ImmutableArray<string>.Builder segments = ImmutableArray.CreateBuilder<string>();
        int start = 0;
        for (int slash = VariableTokens.IndexOf(path, '/'); slash >= 0; slash = VariableTokens.IndexOf(path, '/', start))
        {
            segments.Add(path[start..slash].ToString());
            start = slash + 1;
        }

        segments.Add(path[start..].ToString());
        return segments.ToImmutable();
    }

    /// <summary>Splits a query without its question mark. Empty pieces, as in <c>a=1&amp;&amp;b=2</c>, are left out.</summary>
    /// <param name="query">The text after the question mark.</param>
    /// <param name="limit">How many parameters are wanted; the rest is left out.</param>
    public static ImmutableArray<QueryParameter> ParseQuery(ReadOnlySpan<char> query, int limit = int.MaxValue)
    {
        ImmutableArray<QueryParameter>.Builder parameters = ImmutableArray.CreateBuilder<QueryParameter>();
        while (!query.IsEmpty && parameters.Count < limit)
        {
            int end = VariableTokens.IndexOf(query, '&');
            ReadOnlySpan<char> piece = end < 0 ? query : query[..end];
            query = end < 0 ? default : query[(end + 1)..];
            if (piece.IsEmpty)
            {
                continue;
            }

            int equal = VariableTokens.IndexOf(piece, '=');
            parameters.Add(equal < 0
                ? new QueryParameter(piece.ToString(), null)
                : new QueryParameter(piece[..equal].ToString(), piece[(equal + 1)..].ToString()));
        }

        return parameters.ToImmutable();
    }

    private static int AfterScheme(ReadOnlySpan<char> address)
    {
        int colon = VariableTokens.IndexOf(address, ':');
        int slash = VariableTokens.IndexOf(address, '/');
        return colon >= 0 && slash == colon + 1 && address[slash..].StartsWith("//") ? slash + 2 : 0;
    }

    private static string WithoutUser(ReadOnlySpan<char> host, int authority)
    {
        int at = VariableTokens.LastIndexOf(host[authority..], '@');
        return at < 0 ? host.ToString() : string.Concat(host[..authority], host[(authority + at + 1)..]);
    }
}
