using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

public sealed partial class ResourceClient
{
    /// <summary>Reads one object from the server.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for its metadata alone.</typeparam>
    /// <param name="key">Its name.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object; null when there is none.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<T?> GetAsync<T>(ObjectKey key, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        var request = new ApiRequest(HttpMethod.Get, kind, kind.Path(key.Namespace, key.Name)) { Accept = AcceptOf<T>() };
        try
        {
            var (item, problem) = await Caller.ReadAsync(request, (answer, ends) => ObjectReading.ReadAsync<T>(answer, Json, ends), cancellationToken);
            return item ?? throw Unreadable<T>(new UnreadableObject(key, null, problem!));
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            return null;
        }
    }

    /// <summary>Reads one page of a list from the server.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <param name="query">Which objects, and which page.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page; objects that cannot be read are named in it.</returns>
    /// <exception cref="ApiException">The server refused (<see cref="ApiFailure.Expired"/> for an old continue token) or cannot be reached.</exception>
    public Task<ResourcePage<T>> ListPageAsync<T>(ListQuery query, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => ListPageAsync<T, T>(query, static item => item, cancellationToken);

    /// <summary>Reads one page of a list from the server, and keeps of each object only what is wanted of it. The objects are read while the answer arrives: neither it nor they are ever in memory together.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <typeparam name="TOut">What is kept of an object.</typeparam>
    /// <param name="query">Which objects, and which page.</param>
    /// <param name="keep">Makes of an object what is kept of it. An answer that breaks off is asked for again, and so is this.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The page; objects that cannot be read are named in it.</returns>
    /// <exception cref="ApiException">The server refused (<see cref="ApiFailure.Expired"/> for an old continue token) or cannot be reached.</exception>
    public async Task<ResourcePage<TOut>> ListPageAsync<T, TOut>(ListQuery query, Func<T, TOut> keep, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(keep);
        var kind = ResourceKind.Of<T>();
        var request = new ApiRequest(HttpMethod.Get, kind, kind.Path(query.Namespace) + query.ToQueryString()) { Accept = AcceptOf<T>("List") };
        try
        {
            return await Caller.ReadAsync(request, (answer, ends) => new ListReading<T, TOut>(Json, keep).ReadAsync(answer, ends), cancellationToken);
        }
        catch (JsonException e)
        {
            throw Garbled(request, e);
        }
    }

    /// <summary>Reads a whole list, page by page.</summary>
    /// <inheritdoc cref="ListAsync{T, TOut}"/>
    /// <returns>The objects that can be read.</returns>
    public IAsyncEnumerable<T> ListAsync<T>(ListQuery? query = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => ListAsync<T, T>(query, static item => item, cancellationToken);

    /// <summary>Reads a whole list, page by page, and keeps of each object only what is wanted of it.</summary>
    /// <remarks>
    /// A list that takes minutes outlives what the server remembers of its beginning. It then goes on with how things are by now, where the server offers that: no object comes twice, and what was written
    /// meanwhile may be told or not (https://kubernetes.io/docs/reference/using-api/api-concepts/#retrieving-large-results-sets-in-chunks).
    /// </remarks>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> for metadata alone.</typeparam>
    /// <typeparam name="TOut">What is kept of an object.</typeparam>
    /// <param name="query">Which objects; null for all.</param>
    /// <param name="keep">Makes of an object what is kept of it.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>What is kept of the objects that can be read.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async IAsyncEnumerable<TOut> ListAsync<T, TOut>(ListQuery? query, Func<T, TOut> keep, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        query ??= new ListQuery();
        do
        {
            ResourcePage<TOut> page;
            try
            {
                page = await ListPageAsync(query, keep, cancellationToken);
            }
            catch (ApiException e) when (e.Kind == ApiFailure.Expired && e.Error.Continue is { } offered && offered != query.Continue)
            {
                query = query with { Continue = offered };
                continue;
            }

            foreach (var item in page.Items)
                yield return item;
            query = query with { Continue = page.Continue };
        }
        while (query.Continue is not null);
    }
}
