using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Control;

/// <summary>Reaches pods at their own addresses: the way inside a cluster.</summary>
public sealed class DirectPodDialer : IPodDialer, IBundleCourier, IQuotaCourier, IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        ConnectTimeout = TimeSpan.FromSeconds(2),
        UseProxy = false,
        AllowAutoRedirect = false,

        // Pods come and go; a connection is of use only for the few calls until it has acknowledged. One waits for the revision while another pushes it.
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        MaxConnectionsPerServer = 4,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        using HttpRequestMessage request = Request(HttpMethod.Get, pod, ControlRequest.PathAndQuery(revision, wait), token);
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return await ControlRequest.ReadAsync(response, cancellation);
    }

    /// <inheritdoc/>
    public async Task PushAsync(RuntimePod pod, string token, BundleParcel parcel, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        ArgumentNullException.ThrowIfNull(parcel);
        using HttpRequestMessage request = Request(HttpMethod.Put, pod, parcel.PathAndQuery, token);
        request.Content = parcel.ToContent();
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        _ = await ControlRequest.ReadAsync(response, cancellation);
    }

    /// <inheritdoc/>
    public async Task<QuotaReport> ExchangeAsync(RuntimePod pod, string token, QuotaInstructions instructions, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        using HttpRequestMessage request = Request(HttpMethod.Post, pod, QuotaExchange.Path, token);
        request.Content = JsonContent.Create(instructions, RuntimeJson.Default.QuotaInstructions);
        await request.Content.LoadIntoBufferAsync(cancellation);
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return await ControlRequest.ReadQuotaReportAsync(response, cancellation);
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Request(HttpMethod method, RuntimePod pod, string pathAndQuery, string token)
    {
        bool isV6 = IPAddress.TryParse(pod.Address, out IPAddress? address) && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6;
        string host = isV6 ? $"[{pod.Address}]" : pod.Address ?? "";
        var request = new HttpRequestMessage(method, string.Create(CultureInfo.InvariantCulture, $"http://{host}:{RuntimePorts.Control}/{pathAndQuery.TrimStart('/')}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
