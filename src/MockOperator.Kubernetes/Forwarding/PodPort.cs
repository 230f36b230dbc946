using System.Net;
using System.Net.WebSockets;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Forwarding;

/// <summary>A port of a pod, reached through the API server with the rights of whoever asks: what <c>kubectl port-forward</c> does, without a port of this machine.</summary>
/// <remarks>
/// <para>Promises: each connection is a WebSocket of its own (subresource <c>pods/portforward</c>, <c>v4.channel.k8s.io</c>) with the credentials and the TLS of the transport; it is open within
/// <see cref="PatienceToOpen"/>; a peer that says nothing is pinged, and given up within a minute; whatever fails is a <see cref="PodPortException"/>.</para>
/// <para>Does not: retry, nor tell when it opens whether anything listens. The node connects to the port only then, and says what came of it in answer to the first read.</para>
/// </remarks>
public sealed class PodPort
{
    /// <summary>The time that opening a connection may take.</summary>
    public static readonly TimeSpan PatienceToOpen = TimeSpan.FromSeconds(15);

    private const string Protocol = "v4.channel.k8s.io";
    private const int LongestRefusal = 64 * 1024;

    private static readonly TimeSpan PingAfter = TimeSpan.FromSeconds(20);
    private static readonly ResourceKind Pods = ResourceKind.Of<V1Pod>();

    private readonly ApiTransport _transport;
    private readonly TimeProvider _time;

    /// <summary>Names a port. Nothing is sent yet.</summary>
    /// <param name="transport">The connections to the API server.</param>
    /// <param name="pod">The pod.</param>
    /// <param name="port">The port, 1 to 65,535.</param>
    /// <param name="time">The clock of waits.</param>
    public PodPort(ApiTransport transport, ObjectKey pod, int port, TimeProvider? time = null)
    {
        ArgumentNullException.ThrowIfNull(transport);
        ArgumentOutOfRangeException.ThrowIfLessThan(port, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(port, ushort.MaxValue);
        _transport = transport;
        _time = time ?? TimeProvider.System;
        Pod = pod;
        Number = port;
    }

    /// <summary>The pod.</summary>
    public ObjectKey Pod { get; }

    /// <summary>The port.</summary>
    public int Number { get; }

    /// <summary>Opens a connection.</summary>
    /// <param name="cancellationToken">Ends the opening, not what was opened.</param>
    /// <returns>The bytes of the connection, to be read by one and written by one at a time. Disposing of it ends the connection.</returns>
    /// <exception cref="PodPortException">The pod is gone, the caller may not, or the server cannot be reached.</exception>
    public async Task<Stream> OpenAsync(CancellationToken cancellationToken = default)
    {
        using var patience = new CancellationTokenSource(PatienceToOpen, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        var socket = new ClientWebSocket();
        try
        {
            socket.Options.AddSubProtocol(Protocol);
            // With a time-out the framework sends pings, which a kubelet answers; without one, pongs that nobody answers, so that a half-open connection is never noticed.
            socket.Options.KeepAliveInterval = PingAfter;
            socket.Options.KeepAliveTimeout = PingAfter;
            using var handshake = new HttpMessageInvoker(new Handshake(this));
            await socket.ConnectAsync(Address(), handshake, either.Token);
            return new PortStream(socket, Pod, Number);
        }
        catch (Exception e)
        {
            socket.Dispose();
            if (cancellationToken.IsCancellationRequested)
                throw new OperationCanceledException(e.Message, e, cancellationToken);
            if (PodPortException.In(e) is { } failure)
                throw failure;
            if (e is WebSocketException or HttpRequestException or IOException or OperationCanceledException)
                throw PodPortException.Broken(Pod, Number, patience.IsCancellationRequested ? "it did not open in time" : (e.InnerException ?? e).Message, e);
            throw;
        }
    }

    private Uri Address()
    {
        var https = new Uri(_transport.Server, $"{Pods.Path(Pod.Namespace, Pod.Name, "portforward")}?ports={Number}");
        return new UriBuilder(https) { Scheme = https.Scheme == Uri.UriSchemeHttps ? Uri.UriSchemeWss : Uri.UriSchemeWs }.Uri;
    }

    /// <summary>Sends the framework's handshake by the transport, and keeps what the framework throws away of a refusal: the server's text.</summary>
    private sealed class Handshake(PodPort port) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var path = new ApiRequest(HttpMethod.Get, Pods, $"{Pods.Path(port.Pod.Namespace, port.Pod.Name, "portforward")}?ports={port.Number}");
            request.RequestUri = new Uri(path.Path, UriKind.Relative);
            var answer = await port._transport.UpgradeAsync(request, cancellationToken);
            if (answer.StatusCode == HttpStatusCode.SwitchingProtocols)
                return answer;
            using (answer)
            {
                var body = await BeginningAsync(answer.Content, cancellationToken);
                throw PodPortException.Refused(port.Pod, port.Number, ApiCaller.Failure(path, answer, body));
            }
        }

        private static async Task<ReadOnlyMemory<byte>> BeginningAsync(HttpContent content, CancellationToken cancellationToken)
        {
            await using var stream = await content.ReadAsStreamAsync(cancellationToken);
            var body = new byte[LongestRefusal];
            var length = await stream.ReadAtLeastAsync(body, body.Length, throwOnEndOfStream: false, cancellationToken);
            return body.AsMemory(0, length);
        }
    }
}
