using System.Net;
using k8s;
using MockOperator.Kubernetes.Connections;
using MockOperator.Kubernetes.Measuring;

namespace MockOperator.Kubernetes.Client;

/// <summary>The connections to one API server, with authentication and TLS; one per process.</summary>
/// <remarks>
/// Three lanes with a connection pool each (<see cref="TransportLane"/>). Over HTTP/2 a connection without an answer is pinged after 30 s and given up 15 s later,
/// so a half-open one is noticed within a minute. Retries are not made here but in <see cref="ResourceClient"/>.
/// </remarks>
public sealed class ApiTransport : IDisposable
{
    /// <summary>The longest answer that is read, 512 MiB: a page of a list that is longer asks for a smaller page size.</summary>
    public const int LongestAnswer = 512 * 1024 * 1024;

    private readonly Dictionary<TransportLane, HttpClient> _lanes;
    private readonly Func<HttpRequestMessage, CancellationToken, Task>? _authenticate;
    private readonly Version _version;
    private readonly OperatorMetrics? _metrics;

    /// <summary>A transport over given handlers: the seam of tests.</summary>
    /// <param name="server">The server's address; a path is kept as prefix.</param>
    /// <param name="handlers">Makes the handler of each lane; disposed with the transport.</param>
    /// <param name="authenticate">Adds credentials to a request.</param>
    /// <param name="metrics">Counts requests; null for nowhere.</param>
    /// <param name="http2">Whether HTTP/2 is asked for.</param>
    public ApiTransport(
        Uri server,
        Func<TransportLane, HttpMessageHandler> handlers,
        Func<HttpRequestMessage, CancellationToken, Task>? authenticate = null,
        OperatorMetrics? metrics = null,
        bool http2 = true)
    {
        ArgumentNullException.ThrowIfNull(server);
        ArgumentNullException.ThrowIfNull(handlers);
        Server = server.AbsoluteUri.EndsWith('/') ? server : new Uri(server.AbsoluteUri + "/");
        _authenticate = authenticate;
        _metrics = metrics;
        _version = http2 ? HttpVersion.Version20 : HttpVersion.Version11;
        _lanes = Enum.GetValues<TransportLane>().ToDictionary(
            lane => lane,
            lane => new HttpClient(handlers(lane)) { Timeout = Timeout.InfiniteTimeSpan, MaxResponseContentBufferSize = LongestAnswer });
    }

    /// <summary>The server's address, with a slash at the end.</summary>
    public Uri Server { get; }

    /// <summary>Connects as a kubeconfig says, or a pod's own account.</summary>
    /// <param name="connection">Address, TLS, credentials, and in whose name.</param>
    /// <param name="outermost">A handler around everything else of a lane, new for each call: to count, delay or break requests. Null for none.</param>
    /// <param name="metrics">Counts requests; null for nowhere.</param>
    /// <returns>The transport. Nothing is sent yet.</returns>
    public static ApiTransport Connect(
        ClusterConnection connection, Func<TransportLane, DelegatingHandler>? outermost = null, OperatorMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(connection);
        var configuration = connection.Configuration;
        var credentials = k8s.Kubernetes.CreateCredentials(configuration);
        return new ApiTransport(
            new Uri(configuration.Host),
            lane => Around(Around(ApiSockets.Create(configuration), connection.Impersonation?.CreateHandler()), outermost?.Invoke(lane)),
            credentials is null ? null : credentials.ProcessHttpRequestAsync,
            metrics,
            http2: !configuration.DisableHttp2);
    }

    /// <summary>Connects by a configuration.</summary>
    /// <param name="configuration">Address, TLS and credentials.</param>
    /// <param name="outermost">A handler around everything else of a lane, new for each call; null for none.</param>
    /// <param name="metrics">Counts requests; null for nowhere.</param>
    /// <returns>The transport. Nothing is sent yet.</returns>
    public static ApiTransport Connect(
        KubernetesClientConfiguration configuration, Func<TransportLane, DelegatingHandler>? outermost = null, OperatorMetrics? metrics = null)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return Connect(new ClusterConnection(configuration), outermost, metrics);
    }

    /// <summary>Sends one request as it is: no retry, no error for a bad status. The address is relative to <see cref="Server"/>.</summary>
    /// <param name="lane">The connection to take. On <see cref="TransportLane.Watch"/> the answer is complete with its headers, else with its body.</param>
    /// <param name="request">The request.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The answer, whatever its status.</returns>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    public Task<HttpResponseMessage> SendAsync(TransportLane lane, HttpRequestMessage request, CancellationToken cancellationToken = default) =>
        SendAsync(lane, request, _version, lane == TransportLane.Watch ? HttpCompletionOption.ResponseHeadersRead : HttpCompletionOption.ResponseContentRead, cancellationToken);

    /// <summary>Sends one request; the answer is complete with its headers, and its body still arrives.</summary>
    /// <inheritdoc cref="SendAsync(TransportLane, HttpRequestMessage, CancellationToken)"/>
    internal Task<HttpResponseMessage> BeginAsync(TransportLane lane, HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(lane, request, _version, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>The handlers of a configuration alone, for transports that share them: TLS and pool, but no credentials.</summary>
    /// <param name="configuration">Server and trust; credentials in it are passed over.</param>
    /// <returns>A handler, to be disposed of by the caller.</returns>
    public static HttpMessageHandler CreateHandler(KubernetesClientConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ApiSockets.Create(configuration);
    }

    /// <summary>Sends a request that asks for another protocol than HTTP, on a connection of its own.</summary>
    /// <param name="request">The request, with the headers of the upgrade.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    /// <returns>The answer, whatever its status. With 101, its content is the connection.</returns>
    /// <exception cref="HttpRequestException">No answer came.</exception>
    internal Task<HttpResponseMessage> UpgradeAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
        SendAsync(TransportLane.Watch, request, HttpVersion.Version11, HttpCompletionOption.ResponseHeadersRead, cancellationToken);

    /// <summary>Closes all connections; requests under way fail.</summary>
    public void Dispose()
    {
        foreach (var client in _lanes.Values)
            client.Dispose();
    }

    private static HttpMessageHandler Around(HttpMessageHandler sockets, DelegatingHandler? outermost)
    {
        if (outermost is null)
            return sockets;
        var innermost = outermost;
        while (innermost.InnerHandler is DelegatingHandler next)
            innermost = next;
        innermost.InnerHandler = sockets;
        return outermost;
    }

    private async Task<HttpResponseMessage> SendAsync(
        TransportLane lane, HttpRequestMessage request, Version version, HttpCompletionOption completion, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        request.RequestUri = new Uri(Server, request.RequestUri!);
        request.Version = version;
        request.VersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        if (_authenticate is not null)
            await _authenticate(request, cancellationToken);

        var started = TimeProvider.System.GetTimestamp();
        var code = "<error>";
        try
        {
            var response = await _lanes[lane].SendAsync(request, completion, cancellationToken);
            code = ((int)response.StatusCode).ToString();
            return response;
        }
        finally
        {
            _metrics?.RecordRequest(request.Method.Method, code, Server.Authority, TimeProvider.System.GetElapsedTime(started));
        }
    }
}
