using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

public sealed partial class ResourceClient
{
    /// <summary>Deletes an object; its dependents follow in the background.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="key">The object.</param>
    /// <param name="preconditions">What must still hold.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether there was such an object.</returns>
    /// <exception cref="ApiException">A precondition does not hold (<see cref="ApiFailure.Conflict"/>), the server refused, or it cannot be reached.</exception>
    public Task<bool> DeleteAsync<T>(ObjectKey key, DeletePreconditions? preconditions = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => DeleteAsync(ResourceKind.Of<T>(), key, preconditions, cancellationToken);

    /// <summary>Deletes an object of whatever kind; its dependents follow in the background.</summary>
    /// <inheritdoc cref="DeleteAsync{T}(ObjectKey, DeletePreconditions, CancellationToken)"/>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">The object.</param>
    /// <param name="preconditions">What must still hold.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<bool> DeleteAsync(ResourceKind kind, ObjectKey key, DeletePreconditions? preconditions = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        var options = new V1DeleteOptions
        {
            ApiVersion = "v1",
            Kind = "DeleteOptions",
            PropagationPolicy = "Background",
            Preconditions = preconditions is null ? null : new V1Preconditions { Uid = preconditions.Uid, ResourceVersion = preconditions.ResourceVersion },
        };
        var request = new ApiRequest(HttpMethod.Delete, kind, kind.Path(key.Namespace, key.Name))
        {
            Body = JsonSerializer.SerializeToUtf8Bytes(options, ApiJson.TypeOf<V1DeleteOptions>(Json)),
            ContentType = ApiRequest.Json,
        };
        try
        {
            await Caller.SendAsync(request, cancellationToken);
            _writes?.RecordDelete(kind, key, preconditions?.Uid);
            return true;
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            return false;
        }
    }
}
