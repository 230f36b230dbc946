using System.Runtime.ExceptionServices;

namespace MockOperator.Kubernetes.Forwarding;

/// <summary>HTTP to a port of a pod: give it to an <see cref="HttpClient"/> whose addresses begin with <c>http://localhost</c>.</summary>
/// <remarks>
/// Each connection is a forwarding of its own and lives as long as the pool keeps it: 30 s without a request, or until this is disposed of. What happens to the port is told as
/// <see cref="PodPortException"/>, by requests and by streams of answers alike. Redirections are not followed and no proxy is asked: the way leads to this port alone.
/// </remarks>
public sealed class PodPortHandler : HttpMessageHandler
{
    private readonly HttpMessageInvoker _http;

    /// <summary>Makes one. Nothing is sent yet.</summary>
    /// <param name="port">The port.</param>
    /// <param name="connections">Most connections at once, at least 1.</param>
    public PodPortHandler(PodPort port, int connections = 4)
    {
        ArgumentNullException.ThrowIfNull(port);
        _http = new HttpMessageInvoker(new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellationToken) => await port.OpenAsync(cancellationToken),
            MaxConnectionsPerServer = connections,
            PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30),
            ConnectTimeout = PodPort.PatienceToOpen + TimeSpan.FromSeconds(1),
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ActivityHeadersPropagator = null,
        });
    }

    /// <inheritdoc/>
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await _http.SendAsync(request, cancellationToken);
        }
        catch (HttpRequestException e) when (PodPortException.In(e) is { } failure)
        {
            ExceptionDispatchInfo.Throw(failure);
            throw;
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _http.Dispose();
        base.Dispose(disposing);
    }
}
