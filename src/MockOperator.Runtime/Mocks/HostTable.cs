using System.Collections.Frozen;

namespace MockOperator.Runtime.Mocks;

/// <summary>
/// Which mock answers which host name. A single mock answers every host. Several are told apart by <c>name</c>, <c>name.namespace</c> (with whatever
/// follows, as in <c>name.namespace.svc.cluster.local</c>) and <c>name.localhost</c>.
/// </summary>
internal sealed class HostTable
{
    private const string LocalSuffix = ".localhost";

    private readonly HostedMock? _single;
    private readonly FrozenDictionary<string, HostedMock>.AlternateLookup<ReadOnlySpan<char>> _byHost;

    /// <summary>Builds the table. Of two mocks with the same name in different namespaces, neither answers the bare name.</summary>
    public HostTable(IReadOnlyCollection<HostedMock> mocks)
    {
        Mocks = mocks;
        _single = mocks.Count == 1 ? mocks.First() : null;
        var byHost = new Dictionary<string, HostedMock>(StringComparer.OrdinalIgnoreCase);
        foreach (IGrouping<string, HostedMock> sameName in mocks.GroupBy(static mock => mock.Name, StringComparer.OrdinalIgnoreCase))
        {
            HostedMock[] all = [.. sameName];
            if (all.Length == 1)
            {
                byHost[sameName.Key] = all[0];
                byHost[sameName.Key + LocalSuffix] = all[0];
            }

            foreach (HostedMock mock in all)
            {
                byHost[$"{mock.Name}.{mock.Namespace}"] = mock;
            }
        }

        _byHost = byHost.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>
    /// Whether the mocks are one's own, not those of tenants: then a caller with an unknown host name is told which names there are, and may name the mock by the first segment of the path.
    /// </summary>
    public bool TellsNames { get; init; }

    /// <summary>The table before anything is loaded.</summary>
    public static HostTable Empty { get; } = new([]);

    /// <summary>All mocks.</summary>
    public IReadOnlyCollection<HostedMock> Mocks { get; }

    /// <summary>Finds the mock of a request.</summary>
    /// <param name="host">The Host header, with or without a port; may be empty.</param>
    /// <returns>The mock; null when no mock has the name.</returns>
    public HostedMock? Find(ReadOnlySpan<char> host)
    {
        if (_single is not null)
        {
            return _single;
        }

        int colon = host.LastIndexOf(':');
        ReadOnlySpan<char> name = colon < 0 ? host : host[..colon];
        if (_byHost.TryGetValue(name, out HostedMock? mock))
        {
            return mock;
        }

        int firstDot = name.IndexOf('.');
        int secondDot = firstDot < 0 ? -1 : name[(firstDot + 1)..].IndexOf('.');
        return secondDot >= 0 && _byHost.TryGetValue(name[..(firstDot + 1 + secondDot)], out mock) ? mock : null;
    }

    /// <summary>
    /// Finds the mock that the first segment of a path names, for clients to which <c>name.localhost</c> is no host: <c>http://localhost:8080/name/…</c>. It is asked only when no mock has the host
    /// name, when nothing else would be served, so that it hides no path of a mock. A host name that ends with <c>.localhost</c> names a mock, or none.
    /// </summary>
    /// <param name="host">The Host header, with or without a port; may be empty.</param>
    /// <param name="target">Path and query.</param>
    /// <param name="rest">Path and query as the mock has them.</param>
    /// <returns>The mock; null when the path names none, or must not.</returns>
    public HostedMock? FindByPath(ReadOnlySpan<char> host, string target, out string rest)
    {
        rest = target;
        int colon = host.LastIndexOf(':');
        if (!TellsNames || (colon < 0 ? host : host[..colon]).EndsWith(LocalSuffix, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        int end = target.AsSpan(1).IndexOfAny('/', '?') + 1;
        ReadOnlySpan<char> name = end == 0 ? target.AsSpan(1) : target.AsSpan(1, end - 1);
        if (!_byHost.TryGetValue(name, out HostedMock? mock))
        {
            return null;
        }

        rest = end == 0 ? "/" : target[end] == '/' ? target[end..] : "/" + target[end..];
        return mock;
    }
}
