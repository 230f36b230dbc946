using System.Buffers;

namespace MockOperator.Resources;

/// <summary>What an <see cref="IngressSpec"/> must satisfy; the schema of the CRD says the same.</summary>
public static class IngressRules
{
    private const int LongestName = 253;
    private const int LongestPath = 256;

    private static readonly SearchValues<char> s_labelCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");
    private static readonly SearchValues<char> s_nameCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");
    private static readonly SearchValues<char> s_segmentCharacters = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._~-");

    internal static void Check(IngressSpec? spec, List<SpecProblem> problems)
    {
        if (spec is null)
        {
            return;
        }

        if (spec.Host is { } host && (host.Length > LongestName || !IsHost(host)))
        {
            problems.Add(new("ingress.host", "a host name is small letters, digits, hyphens and dots, such as pets.example.com, without scheme, port and path"));
        }

        if (spec.ClassName is { } className && (className.Length > LongestName || !IsName(className, s_nameCharacters)))
        {
            problems.Add(new("ingress.className", "the name of an IngressClass is needed, such as nginx"));
        }

        if (spec.Path is { } path && (path.Length > LongestPath || !IsPathPrefix(path)))
        {
            problems.Add(new("ingress.path", "a path prefix begins with a slash and has letters, digits and ._~- between slashes, such as /pets"));
        }

        if (spec.Tls?.IssuerRef is { Name: not { Length: > 0 } })
        {
            problems.Add(new("ingress.tls.issuerRef.name", "the name of an issuer is needed"));
        }
    }

    // A label may be longer than DNS has it: the schema says no more.
    private static bool IsHost(string host) => host.Split('.').All(static label => IsName(label, s_labelCharacters));

    private static bool IsName(string name, SearchValues<char> characters) =>
        name.Length > 0 && char.IsAsciiLetterOrDigit(name[0]) && char.IsAsciiLetterOrDigit(name[^1]) && !name.AsSpan().ContainsAnyExcept(characters);

    private static bool IsPathPrefix(string path) =>
        path == "/" || (path.StartsWith('/') && path.TrimEnd('/').Length >= path.Length - 1 && path[1..].TrimEnd('/').Split('/').All(static segment => segment.Length > 0 && !segment.AsSpan().ContainsAnyExcept(s_segmentCharacters)));
}
