using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads from and writes to the API, one call at a time. The only thing in the toolkit that writes.</summary>
/// <remarks>
/// <para>Promises: server-side apply with one fixed field manager; <c>apiVersion</c> and <c>kind</c> filled in; time-outs and retries (<see cref="ResourceClientOptions"/>);
/// every failure is an <see cref="ApiException"/>; every write made during a reconcile is remembered, so that the next reconcile of that object waits until the
/// stores have seen it.</para>
/// <para>Does not promise: a cache (reads here are live; use the stores), nor that a write is needed (see <see cref="Controllers.AppliedTokens"/>).</para>
/// </remarks>
public sealed class ResourceClient
{
    private readonly ResourceClientOptions _options;
    private readonly IWriteObserver? _writes;

    /// <summary>Makes a client.</summary>
    /// <param name="transport">The connections.</param>
    /// <param name="options">How to write and retry.</param>
    /// <param name="time">The clock of time-outs and retries.</param>
    /// <param name="writes">Remembers writes; null when nothing reads from stores.</param>
    public ResourceClient(ApiTransport transport, ResourceClientOptions? options = null, TimeProvider? time = null, IWriteObserver? writes = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        _options = options ?? new ResourceClientOptions();
        Caller = new ApiCaller(transport, _options, time ?? TimeProvider.System);
        _writes = writes;
        Transport = transport;
    }

    /// <summary>The connections.</summary>
    public ApiTransport Transport { get; }

    /// <summary>The JSON rules in use.</summary>
    public JsonSerializerOptions Json => _options.Json;

    /// <summary>What sends the requests.</summary>
    internal ApiCaller Caller { get; }

    /// <summary>The owner of what is applied.</summary>
    public string FieldManager => _options.FieldManager;

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
        try
        {
            return Read<T>(await Caller.SendAsync(new ApiRequest(HttpMethod.Get, kind, kind.Path(key.Namespace, key.Name)) { Accept = AcceptOf<T>() }, cancellationToken));
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
    public async Task<ResourcePage<T>> ListPageAsync<T>(ListQuery query, CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(query);
        var kind = ResourceKind.Of<T>();
        var request = new ApiRequest(HttpMethod.Get, kind, kind.Path(query.Namespace) + query.ToQueryString()) { Accept = AcceptOf<T>("List") };
        var body = await Caller.SendAsync(request, cancellationToken);
        try
        {
            return ObjectReading.ReadPage<T>(body, Json);
        }
        catch (JsonException e)
        {
            throw Garbled(request, e);
        }
    }

    /// <summary>Reads a whole list, page by page.</summary>
    /// <typeparam name="T">The kind.</typeparam>
    /// <param name="query">Which objects.</param>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The objects that can be read.</returns>
    public async IAsyncEnumerable<T> ListAsync<T>(ListQuery? query = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        query ??= new ListQuery();
        do
        {
            var page = await ListPageAsync<T>(query, cancellationToken);
            foreach (var item in page.Items)
                yield return item;
            query = query with { Continue = page.Continue };
        }
        while (query.Continue is not null);
    }

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

    internal static string AcceptOf<T>(string suffix = "") => typeof(IMetadataOnly).IsAssignableFrom(typeof(T))
        ? $"application/json;as=PartialObjectMetadata{suffix};g=meta.k8s.io;v=v1"
        : ApiRequest.Json;

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

    private string WriteQuery(bool dryRun) =>
        $"?fieldManager={Uri.EscapeDataString(_options.FieldManager)}&fieldValidation={_options.FieldValidation}{(dryRun ? "&dryRun=All" : "")}";

    private static ResourceKind Complete<T>(T desired)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(desired);
        var kind = ResourceKind.Of<T>();
        desired.ApiVersion = kind.ApiVersion;
        desired.Kind = kind.Kind;
        desired.Metadata ??= new V1ObjectMeta();
        return kind.Namespaced && string.IsNullOrEmpty(desired.Metadata.NamespaceProperty)
            ? throw new ArgumentException($"A {kind.Kind} needs metadata.namespace.", nameof(desired))
            : kind;
    }

    private T Written<T>(ResourceKind kind, T result)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        _writes?.Record(kind, result);
        return result;
    }

    private byte[] Write<T>(T value) => JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.TypeOf<T>(Json));

    private T Read<T>(byte[] body)
        where T : class =>
        ObjectReading.TryRead<T>(body, Json, out var unreadable)
        ?? throw new ApiException(
            $"The server's {typeof(T).Name} {unreadable!.Key} cannot be read: {unreadable.Problem}", new ApiError(HttpStatusCode.OK, "Unreadable", unreadable.Problem));

    internal static ApiException Garbled(ApiRequest request, JsonException e) =>
        new($"{request.Method} {request.Kind}: the answer is no JSON that belongs here", new ApiError(HttpStatusCode.OK, "Unreadable", ""), e);
}
