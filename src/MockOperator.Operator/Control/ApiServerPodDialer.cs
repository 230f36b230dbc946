using System.Globalization;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Control;

/// <summary>
/// Reaches pods through the API server's proxy, for an operator that runs outside the cluster. It needs the right to <c>get</c> <c>pods/proxy</c>.
/// </summary>
public sealed class ApiServerPodDialer(ApiTransport transport) : IPodDialer
{
    /// <inheritdoc/>
    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        string path = string.Create(
            CultureInfo.InvariantCulture,
            $"api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}:{RuntimePorts.Control}/proxy/{ControlRequest.PathAndQuery(revision, wait)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(path, UriKind.Relative));
        request.Headers.TryAddWithoutValidation(ControlRequest.ForwardedAuthorization, "Bearer " + token);
        using HttpResponseMessage response = await transport.SendAsync(TransportLane.Watch, request, cancellation);
        return await ControlRequest.ReadAsync(response, cancellation);
    }
}
