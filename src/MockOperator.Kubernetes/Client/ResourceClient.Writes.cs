using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

public sealed partial class ResourceClient
{
    /// <summary>Creates an object. After a fault of unknown outcome it is not retried.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="desired">The object. Sets its <c>apiVersion</c> and <c>kind</c>.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">The server refused (<see cref="ApiFailure.AlreadyExists"/>) or cannot be reached.</exception>
    public Task<T> CreateAsync<T>(T desired, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => CreateAsync(desired, dryRun: false, cancellationToken);

    /// <inheritdoc cref="CreateAsync{T}(T, CancellationToken)"/>
    /// <param name="desired">The object. Sets its <c>apiVersion</c> and <c>kind</c>.</param>
    /// <param name="dryRun">Whether the server only says what would happen.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<T> CreateAsync<T>(T desired, bool dryRun, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Complete(desired);
        var query = WriteQuery(dryRun);
        var request = new ApiRequest(HttpMethod.Post, kind, kind.Path(desired.Metadata.NamespaceProperty) + query)
        {
            Body = Write(desired),
            ContentType = ApiRequest.Json,
            Idempotent = false,
        };
        var created = Read<T>(await Caller.SendAsync(request, cancellationToken));
        return dryRun ? created : Written(kind, created);
    }

    /// <summary>Creates an object unless one of that name exists.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="desired">The object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object created; null when the name is taken.</returns>
    /// <exception cref="ApiException">The server refused for another reason or cannot be reached.</exception>
    public async Task<T?> CreateIfAbsentAsync<T>(T desired, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        try
        {
            return await CreateAsync(desired, cancellationToken);
        }
        catch (ApiException e) when (e.Kind == ApiFailure.AlreadyExists)
        {
            return null;
        }
    }

    /// <summary>Replaces a whole object if it is still at the version in its metadata. Only for kinds whose C# type knows every field, such as a Lease.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="updated">The object with the resourceVersion that was read.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">It changed since (<see cref="ApiFailure.Conflict"/>), the server refused, or it cannot be reached.</exception>
    public Task<T> ReplaceAsync<T>(T updated, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => ReplaceAsync(updated, "", cancellationToken);

    /// <summary>Replaces the whole status of an object if the object is still at the version in its metadata (compare and swap); nothing else of it changes.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="updated">The object with the resourceVersion that was read and the new status.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">It changed since (<see cref="ApiFailure.Conflict"/>), the server refused, or it cannot be reached: then nobody knows whether it was written.</exception>
    public Task<T> ReplaceStatusAsync<T>(T updated, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => ReplaceAsync(updated, "/status", cancellationToken);

    private async Task<T> ReplaceAsync<T>(T updated, string subresource, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Complete(updated);
        if (string.IsNullOrEmpty(updated.Metadata.ResourceVersion))
            throw new ArgumentException("A replace without resourceVersion would overwrite what others wrote: read the object first.", nameof(updated));
        var query = $"?fieldManager={Uri.EscapeDataString(_options.FieldManager)}";
        var request = new ApiRequest(HttpMethod.Put, kind, kind.Path(updated.Metadata.NamespaceProperty, updated.Metadata.Name) + subresource + query)
        {
            Body = Write(updated),
            ContentType = ApiRequest.Json,
        };
        return Written(kind, Read<T>(await Caller.SendAsync(request, cancellationToken)));
    }
}
