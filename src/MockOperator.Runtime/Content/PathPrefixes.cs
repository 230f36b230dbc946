using Microsoft.Extensions.Primitives;
using MockOperator.Resources;

namespace MockOperator.Runtime.Content;

/// <summary>
/// The path prefixes below which a mock is found from outside, by host name. They are taken off here and not by the ingress controller, since every controller
/// has a way of its own for that and some have none. Other hosts, such as the Service's, know no prefix.
/// </summary>
/// <remarks>
/// Some controllers call the mock by another <c>Host</c>, that of the pod, and tell the one that was asked for in <c>X-Forwarded-Host</c>; one that takes the prefix off itself says so in
/// <c>X-Forwarded-Prefix</c>. Callers can write both, as they can write <c>Host</c>: nothing but the path of their own call follows from them.
/// </remarks>
internal sealed class PathPrefixes(IReadOnlyList<ExposedPath> prefixes)
{
    private const string ForwardedHost = "X-Forwarded-Host";
    private const string ForwardedPrefix = "X-Forwarded-Prefix";

    // The type says that none of it is null, but what is read from JSON may be.
    private readonly ExposedPath[] _prefixes = [.. prefixes.Where(static prefix => prefix is { Host.Length: > 0, Path.Length: > 0 })];

    /// <summary>Takes the prefix off.</summary>
    /// <param name="headers">The headers of the request. Those of proxies are looked for only when the path begins with a prefix.</param>
    /// <param name="target">Path and query.</param>
    /// <returns>Path and query as the mock has them.</returns>
    public string Strip(IHeaderDictionary headers, string target)
    {
        foreach (ExposedPath prefix in _prefixes)
        {
            if (IsBelow(target, prefix.Path) && IsAskedFor(headers, prefix.Host) && !IsTakenOff(headers, prefix.Path))
            {
                string rest = target[prefix.Path.Length..];
                return rest.Length > 0 && rest[0] == '/' ? rest : "/" + rest;
            }
        }

        return target;
    }

    private static bool IsBelow(string target, string path) =>
        target.StartsWith(path, StringComparison.Ordinal) && (target.Length == path.Length || target[path.Length] is '/' or '?');

    private static bool IsAskedFor(IHeaderDictionary headers, string host) =>
        IsHost(headers.Host.ToString(), host) || Lists(headers[ForwardedHost], host, static (value, host) => IsHost(value, host));

    // Proxies in a row put their prefixes behind each other.
    private static bool IsTakenOff(IHeaderDictionary headers, string path) =>
        Lists(headers[ForwardedPrefix], path, static (value, path) => value.TrimEnd('/').EndsWith(path, StringComparison.Ordinal));

    private static bool IsHost(ReadOnlySpan<char> value, string host)
    {
        int colon = value.LastIndexOf(':');
        return (colon < 0 ? value : value[..colon]).Equals(host, StringComparison.OrdinalIgnoreCase);
    }

    // Each proxy may add a value, in a header of its own or behind a comma.
    private static bool Lists(StringValues values, string wanted, Func<ReadOnlySpan<char>, string, bool> matches)
    {
        for (int index = 0; index < values.Count; index++)
        {
            ReadOnlySpan<char> list = values[index];
            foreach (Range part in list.Split(','))
            {
                if (matches(list[part].Trim(), wanted))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
