using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

public sealed partial class ResourceClient
{
    /// <summary>Server-side apply: makes the fields set in <paramref name="desired"/> so, creates the object if need be, and gives up fields applied before and no longer set.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="desired">Only what is wanted, built fresh; never an object that was read. Sets its <c>apiVersion</c> and <c>kind</c>.</param>
    /// <param name="options">Field manager, force, dry run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task<T> ApplyAsync<T>(T desired, ApplyOptions? options = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        ApplyAsync(desired, null, options ?? new ApplyOptions(), options?.FieldManager ?? _options.FieldManager, cancellationToken);

    /// <summary>Server-side apply of the status alone, by the status field manager. The object must exist.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="desired">Name, namespace and status; no spec.</param>
    /// <param name="options">Field manager, force, dry run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The object as the server has it now.</returns>
    /// <exception cref="ApiException">The server refused (<see cref="ApiFailure.NotFound"/> when the object is gone) or cannot be reached.</exception>
    public Task<T> ApplyStatusAsync<T>(T desired, ApplyOptions? options = null, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta> =>
        ApplyAsync(
            desired,
            "status",
            options ?? new ApplyOptions(),
            options?.FieldManager ?? _options.StatusFieldManager ?? _options.FieldManager + "-status",
            cancellationToken);

    /// <summary>Server-side apply of a manifest as it is written, of whatever kind: no field is lost that a C# type does not know.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its name.</param>
    /// <param name="manifest">The manifest as JSON, with <c>apiVersion</c> and <c>kind</c>.</param>
    /// <param name="options">Field manager, force, dry run.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <exception cref="ApiException">The server refused or cannot be reached.</exception>
    public Task ApplyManifestAsync(ResourceKind kind, ObjectKey key, ReadOnlyMemory<byte> manifest, ApplyOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(kind);
        ArgumentNullException.ThrowIfNull(options);
        var query = ApplyQuery(options, options.FieldManager ?? _options.FieldManager);
        return Caller.SendAsync(new ApiRequest(HttpMethod.Patch, kind, kind.Path(key.Namespace, key.Name) + query) { Body = manifest, ContentType = ApiRequest.ApplyPatch }, cancellationToken);
    }

    private async Task<T> ApplyAsync<T>(T desired, string? subresource, ApplyOptions options, string manager, CancellationToken cancellationToken)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        var kind = Complete(desired);
        if (desired.Metadata.ManagedFields is not null)
            throw new ArgumentException("An apply body is built fresh: an object that was read carries fields that are not ours to own.", nameof(desired));
        if (string.IsNullOrEmpty(desired.Metadata.Name))
            throw new ArgumentException("An apply needs metadata.name.", nameof(desired));

        var request = new ApiRequest(HttpMethod.Patch, kind, kind.Path(desired.Metadata.NamespaceProperty, desired.Metadata.Name, subresource) + ApplyQuery(options, manager))
        {
            Body = Write(desired),
            ContentType = ApiRequest.ApplyPatch,
        };
        var result = Read<T>(await Caller.SendAsync(request, cancellationToken));
        return options.DryRun ? result : Written(kind, result);
    }

    private string ApplyQuery(ApplyOptions options, string manager) =>
        $"?fieldManager={Uri.EscapeDataString(manager)}&force={(options.Force ? "true" : "false")}&fieldValidation={_options.FieldValidation}{(options.DryRun ? "&dryRun=All" : "")}";
}
