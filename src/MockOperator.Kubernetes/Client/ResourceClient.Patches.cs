using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

public sealed partial class ResourceClient
{
    /// <summary>Changes some members of an object by JSON merge patch (RFC 7396): null removes.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> when the answer's metadata is enough.</typeparam>
    /// <param name="key">The object.</param>
    /// <param name="patch">The patch, a JSON object.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<T> MergePatchAsync<T>(ObjectKey key, ReadOnlyMemory<byte> patch, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => PatchAsync<T>(key, patch, ApiRequest.MergePatch, dryRun: false, cancellationToken);

    /// <inheritdoc cref="MergePatchAsync{T}(ObjectKey, ReadOnlyMemory{byte}, CancellationToken)"/>
    /// <param name="key">The object.</param>
    /// <param name="patch">The patch, a JSON object. A <c>metadata.resourceVersion</c> in it must still be the object's.</param>
    /// <param name="dryRun">Whether the server only says what would happen.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public Task<T> MergePatchAsync<T>(ObjectKey key, ReadOnlyMemory<byte> patch, bool dryRun, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => PatchAsync<T>(key, patch, ApiRequest.MergePatch, dryRun, cancellationToken);

    /// <summary>Changes places of an object by JSON patch (RFC 6902), which can say of a member that it is null, and of a list that it grows.</summary>
    /// <typeparam name="T">The kind; <see cref="MetadataOf{T}"/> when the answer's metadata is enough.</typeparam>
    /// <param name="key">The object.</param>
    /// <param name="patch">The patch, a JSON array. A <c>/metadata/resourceVersion</c> that it writes must still be the object's.</param>
    /// <param name="dryRun">Whether the server only says what would happen.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now, or would have it.</returns>
    /// <exception cref="ApiException">It changed since (<see cref="ApiFailure.Conflict"/>), the server refused, or it cannot be reached.</exception>
    public Task<T> JsonPatchAsync<T>(ObjectKey key, ReadOnlyMemory<byte> patch, bool dryRun = false, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> => PatchAsync<T>(key, patch, ApiRequest.JsonPatch, dryRun, cancellationToken);

    private async Task<T> PatchAsync<T>(ObjectKey key, ReadOnlyMemory<byte> patch, string type, bool dryRun, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = ResourceKind.Of<T>();
        var request = new ApiRequest(HttpMethod.Patch, kind, kind.Path(key.Namespace, key.Name) + WriteQuery(dryRun))
        {
            Body = patch,
            ContentType = type,
            Accept = AcceptOf<T>(),

            // A list that grows twice is another list, and whoever names a version is refused the second time.
            Idempotent = type != ApiRequest.JsonPatch,
        };
        var patched = Read<T>(await Caller.SendAsync(request, cancellationToken));
        return dryRun ? patched : Written(kind, patched);
    }

    /// <summary>Sets annotations of an object; null removes one.</summary>
    /// <typeparam name="T">The kind, such as a Pod. Only metadata is read back.</typeparam>
    /// <param name="key">The object.</param>
    /// <param name="annotations">Names and values.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Whether the object is there.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public async Task<bool> AnnotateAsync<T>(ObjectKey key, IReadOnlyDictionary<string, string?> annotations, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(annotations);
        var body = new MemoryStream();
        using (var json = new Utf8JsonWriter(body))
        {
            json.WriteStartObject();
            json.WriteStartObject("metadata");
            json.WriteStartObject("annotations");
            foreach (var (name, value) in annotations)
                json.WriteString(name, value);
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
        }

        try
        {
            await MergePatchAsync<MetadataOf<T>>(key, body.ToArray(), cancellationToken);
            return true;
        }
        catch (ApiException e) when (e.Kind == ApiFailure.NotFound)
        {
            return false;
        }
    }
}
