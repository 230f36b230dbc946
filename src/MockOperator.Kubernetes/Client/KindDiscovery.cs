using System.Text.Json;

namespace MockOperator.Kubernetes.Client;

/// <summary>Tells which kinds the server serves, for those that not every server has.</summary>
/// <remarks>
/// Promises: one request for all kinds that are asked for, and one more for each group and version among them that the server has. Does not promise: that it stays so; a
/// CustomResourceDefinition comes and goes.
/// </remarks>
/// <param name="client">Sends the requests. Whoever may talk to the server may ask for discovery, unless the cluster's administrator took that right away.</param>
public sealed class KindDiscovery(ResourceClient client)
{
    /// <summary>The kinds that the server serves now.</summary>
    /// <param name="kinds">The kinds asked for.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Those of them that it serves.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<IReadOnlySet<ResourceKind>> ServedAsync(IReadOnlyCollection<ResourceKind> kinds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kinds);
        var served = new HashSet<ResourceKind>();
        if (kinds.Count == 0)
            return served;
        var versions = kinds.Any(k => k.Group.Length > 0) ? await VersionsAsync(kinds.First(), cancellationToken) : [];
        foreach (var version in kinds.GroupBy(k => k.ApiVersion, StringComparer.Ordinal).Where(v => v.First().Group.Length == 0 || versions.Contains(v.Key)))
        {
            var resources = await ResourcesAsync(version.First(), cancellationToken);
            served.UnionWith(version.Where(k => resources.Contains((k.Plural, k.Kind))));
        }

        return served;
    }

    private async Task<HashSet<string>> VersionsAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        using var document = await ReadAsync(kind, "apis", cancellationToken);
        return [.. Items(document.RootElement, "groups").SelectMany(g => Items(g, "versions")).Select(v => v.Text("groupVersion"))];
    }

    private async Task<HashSet<(string Plural, string Kind)>> ResourcesAsync(ResourceKind kind, CancellationToken cancellationToken)
    {
        try
        {
            using var document = await ReadAsync(kind, kind.Group.Length == 0 ? $"api/{kind.Version}" : $"apis/{kind.ApiVersion}", cancellationToken);
            return [.. Items(document.RootElement, "resources").Select(r => (r.Text("name"), r.Text("kind")))];
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            // Gone between the two requests.
            return [];
        }
    }

    private async Task<JsonDocument> ReadAsync(ResourceKind kind, string path, CancellationToken cancellationToken)
    {
        var request = new ApiRequest(HttpMethod.Get, kind, path);
        try
        {
            return JsonDocument.Parse(await client.Caller.SendAsync(request, cancellationToken));
        }
        catch (JsonException e)
        {
            throw ResourceClient.Garbled(request, e);
        }
    }

    private static JsonElement.ArrayEnumerator Items(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var items) && items.ValueKind == JsonValueKind.Array ? items.EnumerateArray() : default;
}
