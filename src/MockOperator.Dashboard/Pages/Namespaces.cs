using System.Collections.Concurrent;
using k8s.Models;
using MockOperator.Dashboard.Access;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Dashboard.Pages;

/// <summary>The namespaces that callers may choose from, remembered for half a minute. Many callers may not list them, and type one.</summary>
internal sealed class Namespaces(TimeProvider time)
{
    /// <summary>Most that are offered.</summary>
    public const int Most = 300;

    private const int MostCallers = 256;
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, (IReadOnlyList<string>? Names, DateTimeOffset Until)> _known = new(StringComparer.Ordinal);

    /// <summary>Lists them by name.</summary>
    /// <param name="caller">Who chooses.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The first <see cref="Most"/> names; null when the caller may not list them.</returns>
    public async Task<IReadOnlyList<string>?> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (_known.TryGetValue(caller.Id, out var known) && known.Until > now)
            return known.Names;
        IReadOnlyList<string>? names;
        try
        {
            var page = await caller.Cluster.Api.ListPageAsync<MetadataOf<V1Namespace>>(new ListQuery { Limit = Most }, cancellationToken);
            names = [.. page.Items.Select(ns => ns.Metadata.Name).Order(StringComparer.Ordinal)];
        }
        catch (ApiException e) when (e.Code != System.Net.HttpStatusCode.Unauthorized)
        {
            names = null;
        }

        if (_known.Count >= MostCallers)
            _known.Clear();
        _known[caller.Id] = (names, now + Remembered);
        return names;
    }
}
