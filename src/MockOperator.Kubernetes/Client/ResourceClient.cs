using System.Net;
using System.Text.Json;
using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

/// <summary>Reads from and writes to the API, one call at a time. The only thing in the toolkit that writes.</summary>
/// <remarks>
/// <para>Promises: server-side apply with one fixed field manager; <c>apiVersion</c> and <c>kind</c> filled in; time-outs and retries (<see cref="ResourceClientOptions"/>);
/// every failure is an <see cref="ApiException"/>; every write made during a reconcile is remembered, so that the next reconcile of that object waits until the
/// stores have seen it.</para>
/// <para>Does not promise: a cache (reads here are live; use the stores), nor that a write is needed (see <see cref="Controllers.AppliedTokens"/>).</para>
/// </remarks>
public sealed partial class ResourceClient
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

    internal static string AcceptOf<T>(string suffix = "") => typeof(IMetadataOnly).IsAssignableFrom(typeof(T))
        ? $"application/json;as=PartialObjectMetadata{suffix};g=meta.k8s.io;v=v1"
        : ApiRequest.Json;

    internal static ApiException Garbled(ApiRequest request, JsonException e) =>
        new($"{request.Method} {request.Kind}: the answer is no JSON that belongs here", new ApiError(HttpStatusCode.OK, "Unreadable", ""), e);

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
        ObjectReading.TryRead<T>(body, Json, out var unreadable) ?? throw Unreadable<T>(unreadable!);

    private static ApiException Unreadable<T>(UnreadableObject what) =>
        new($"The server's {typeof(T).Name} {what.Key} cannot be read: {what.Problem}", new ApiError(HttpStatusCode.OK, "Unreadable", what.Problem));
}
