using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Control;

/// <summary>Reaches pods at their own addresses: the way inside a cluster.</summary>
public sealed class DirectPodDialer : IPodDialer, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        UseProxy = false,
        AllowAutoRedirect = false,

        // Pods come and go; a connection is of use only for the few calls until it has acknowledged.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 2,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        bool isV6 = IPAddress.TryParse(pod.Address, out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        string host = isV6 ? $"[{pod.Address}]" : pod.Address ?? "";
        using var request = new HttpRequestMessage(
            HttpMethod.Get,
            string.Create(CultureInfo.InvariantCulture, $"http://{host}:{RuntimePorts.Control}/{ControlRequest.PathAndQuery(revision, wait)}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return await ControlRequest.ReadAsync(response, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
