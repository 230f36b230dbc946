using System.Net.Http.Headers;
using k8s;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Client.Connections;

/// <summary>The API server as many callers share it: one pool of connections, and to each request the token of whoever it is made for. It has no credentials of its own.</summary>
/// <remarks>Safe for use by many at once.</remarks>
public sealed class ClusterGate : IDisposable
{
    private readonly Uri _server;
    private readonly Dictionary<TransportLane, HttpMessageHandler> _handlers;
    private readonly string _fieldManager;
    private readonly TimeProvider? _time;

    /// <summary>Opens the gate. Nothing is sent yet.</summary>
    /// <param name="configuration">Server and trust. Credentials in it are left out.</param>
    /// <param name="fieldManager">Whom writes are attributed to in <c>managedFields</c>.</param>
    /// <param name="time">The clock of waits.</param>
    public ClusterGate(KubernetesClientConfiguration configuration, string fieldManager, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var anonymous = new KubernetesClientConfiguration
        {
            Host = configuration.Host,
            SslCaCerts = configuration.SslCaCerts,
            SkipTlsVerify = configuration.SkipTlsVerify,
            TlsServerName = configuration.TlsServerName,
            DisableHttp2 = configuration.DisableHttp2,
        };
        _server = new Uri(configuration.Host);
        _handlers = Enum.GetValues<TransportLane>().ToDictionary(lane => lane, _ => ApiTransport.CreateHandler(anonymous));
        _fieldManager = fieldManager;
        _time = time;
    }

    /// <summary>The cluster as the bearer of a token sees it. Cheap: it holds no connections of its own.</summary>
    /// <param name="token">A bearer token of Kubernetes. Nobody has looked at it: the API server judges it with each request.</param>
    /// <param name="inNamespace">The namespace that is meant where none is named.</param>
    /// <returns>The cluster.</returns>
    public MockCluster For(string token, string? inNamespace = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(token);
        var transport = new ApiTransport(
            _server,
            lane => new Shared(_handlers[lane]),
            (request, _) =>
            {
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
                return Task.CompletedTask;
            });
        return new MockCluster(transport, inNamespace, _fieldManager, _time);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var handler in _handlers.Values)
            handler.Dispose();
    }

    /// <summary>Outlives whoever sends through it.</summary>
    private sealed class Shared(HttpMessageHandler handler) : HttpMessageHandler
    {
        private readonly HttpMessageInvoker _invoker = new(handler, disposeHandler: false);

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => _invoker.SendAsync(request, cancellationToken);
    }
}
