using MockOperator.Resources;

namespace MockOperator.Runtime.Content;

/// <summary>
/// The path prefixes below which a mock is found from outside, by host name. They are taken off here and not by the ingress controller, since every controller
/// has a way of its own for that and some have none. Other hosts, such as the Service's, know no prefix.
/// </summary>
internal sealed class PathPrefixes(IReadOnlyList<ExposedPath> prefixes)
{
    // The type says that none of it is null, but what is read from JSON may be.
    private readonly ExposedPath[] _prefixes = [.. prefixes.Where(static prefix => prefix is { Host.Length: > 0, Path.Length: > 0 })];

    /// <summary>Takes the prefix off.</summary>
    /// <param name="host">The Host header, with or without a port.</param>
    /// <param name="target">Path and query.</param>
    /// <returns>Path and query as the mock has them.</returns>
    public string Strip(string? host, string target)
    {
        if (_prefixes.Length == 0 || string.IsNullOrEmpty(host))
        {
            return target;
        }

        int colon = host.LastIndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? host : host.AsSpan(0, colon);
        foreach (ExposedPath prefix in _prefixes)
        {
            if (name.Equals(prefix.Host, StringComparison.OrdinalIgnoreCase)
                && target.StartsWith(prefix.Path, StringComparison.Ordinal)
                && (target.Length == prefix.Path.Length || target[prefix.Path.Length] is '/' or '?'))
            {
                string rest = target[prefix.Path.Length..];
                return rest.Length > 0 && rest[0] == '/' ? rest : "/" + rest;
            }
        }

        return target;
    }
}
