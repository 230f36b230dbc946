using System.Net;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.PostmanApi.Callers;
using MockOperator.PostmanApi.Identity;

namespace MockOperator.PostmanApi.Finding;

/// <summary>
/// What a caller can see: everything at once where the caller may list the whole cluster, else namespace by namespace, among those that the API server lists, that the caller's token or kubeconfig is of, and
/// that the caller has named as a workspace before.
/// </summary>
internal sealed class Sight(Whereabouts whereabouts)
{
    /// <summary>Most namespaces that are looked through one by one.</summary>
    public const int MostNamespaces = 200;

    private const int AtOnce = 8;

    /// <summary>Gathers what can be seen.</summary>
    /// <typeparam name="T">What is gathered.</typeparam>
    /// <param name="caller">Who looks.</param>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="list">Lists a namespace; null stands for all.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="ApiException">The caller may look nowhere, or the API server cannot be reached.</exception>
    public async Task<IReadOnlyList<T>> GatherAsync<T>(Caller caller, string? ns, Func<string?, CancellationToken, Task<IReadOnlyList<T>>> list, CancellationToken cancellationToken)
    {
        if (ns is not null)
        {
            var some = await list(ns, cancellationToken);
            whereabouts.RememberNamespace(caller.Fingerprint, ns);
            return some;
        }

        try
        {
            return await list(null, cancellationToken);
        }
        catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
        {
            return await GatherOneByOneAsync(caller, list, cancellationToken);
        }
    }

    /// <summary>Lists objects of a kind.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <typeparam name="TOut">What is kept of each.</typeparam>
    /// <param name="caller">Who looks.</param>
    /// <param name="ns">The namespace; null for all.</param>
    /// <param name="keep">Makes of an object what is kept, so that no page of whole objects is.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <exception cref="ApiException">The caller may look nowhere, or the API server cannot be reached.</exception>
    public Task<IReadOnlyList<TOut>> ListAsync<T, TOut>(Caller caller, string? ns, Func<T, TOut> keep, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        GatherAsync<TOut>(
            caller,
            ns,
            async (place, ends) =>
            {
                var kept = new List<TOut>();
                await foreach (var item in caller.Cluster.Api.ListAsync(new ListQuery { Namespace = place }, keep, ends))
                    kept.Add(item);
                return kept;
            },
            cancellationToken);

    /// <summary>Finds the object of an id by the names of all that can be seen.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="kind">What is looked for.</param>
    /// <param name="id">Its id.</param>
    /// <param name="list">Lists names.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Its name; null when the caller can see none.</returns>
    public async Task<ObjectKey?> FindAsync(
        Caller caller, PostmanKind kind, string id, Func<string?, CancellationToken, Task<IReadOnlyList<ObjectKey>>> list, CancellationToken cancellationToken)
    {
        if (whereabouts.Of(caller.Fingerprint, id) is { } known)
            return known;
        ObjectKey? found = null;
        foreach (var key in await GatherAsync(caller, null, list, cancellationToken))
        {
            if (PostmanId.Of(kind, key) == id)
                found = key;
        }

        if (found is { } there)
            Remember(caller, id, there);
        return found;
    }

    /// <summary>Finds the object of an id by metadata alone.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="caller">Who looks.</param>
    /// <param name="kind">The same kind, in Postman.</param>
    /// <param name="id">Its id.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Its name; null when the caller can see none.</returns>
    public Task<ObjectKey?> FindAsync<T>(Caller caller, PostmanKind kind, string id, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        FindAsync(
            caller,
            kind,
            id,
            async (ns, ends) =>
            {
                var keys = new List<ObjectKey>();
                await foreach (var key in caller.Cluster.Api.ListAsync<MetadataOf<T>, ObjectKey>(new ListQuery { Namespace = ns }, static item => ObjectKey.Of(item), ends))
                    keys.Add(key);
                return keys;
            },
            cancellationToken);

    /// <summary>Remembers what a caller is being shown.</summary>
    public void Remember(Caller caller, string id, ObjectKey key) => whereabouts.Remember(caller.Fingerprint, id, key);

    /// <summary>Namespaces that may be looked through: those that the API server lists, if it does, and those that are known otherwise.</summary>
    /// <param name="caller">Who looks.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>Their names, in order, and whether the API server listed them.</returns>
    public async Task<(IReadOnlyList<string> Names, bool AreListed)> NamespacesAsync(Caller caller, CancellationToken cancellationToken)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        var listed = true;
        try
        {
            await foreach (var name in caller.Cluster.Api.ListAsync<MetadataOf<V1Namespace>, string>(null, static ns => ns.Metadata.Name, cancellationToken))
                names.Add(name);
        }
        catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
        {
            listed = false;
            names.UnionWith(whereabouts.NamespacesOf(caller.Fingerprint));
            names.Add(caller.Home);
        }

        return ([.. names], listed);
    }

    private async Task<IReadOnlyList<T>> GatherOneByOneAsync<T>(Caller caller, Func<string?, CancellationToken, Task<IReadOnlyList<T>>> list, CancellationToken cancellationToken)
    {
        var (names, _) = await NamespacesAsync(caller, cancellationToken);
        var places = names.OrderByDescending(name => name == caller.Home).ThenBy(name => name, StringComparer.Ordinal).Take(MostNamespaces).ToList();
        var found = new IReadOnlyList<T>?[places.Count];
        ApiException? refused = null;
        await Parallel.ForAsync(
            0,
            places.Count,
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (i, ends) =>
            {
                try
                {
                    found[i] = await list(places[i], ends);
                }
                catch (ApiException e) when (e.Code == HttpStatusCode.Forbidden)
                {
                    Volatile.Write(ref refused, e);
                }
            });
        return found.All(some => some is null) && refused is not null ? throw refused : [.. found.Where(some => some is not null).SelectMany(some => some!)];
    }
}
