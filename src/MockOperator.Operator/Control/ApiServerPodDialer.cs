using System.Globalization;
using k8s;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Control;

/// <summary>
/// Reaches pods through the API server's proxy, for an operator that runs outside the cluster. It needs the right to <c>get</c> <c>pods/proxy</c>.
/// </summary>
public sealed class ApiServerPodDialer(Kubernetes client) : IPodDialer
{
    /// <inheritdoc/>
    public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(pod);
        string path = string.Create(
            CultureInfo.InvariantCulture,
            $"api/v1/namespaces/{pod.Namespace}/pods/{pod.Name}:{RuntimePorts.Control}/proxy/{ControlRequest.PathAndQuery(revision, wait)}");
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(client.BaseUri, path));
        request.Headers.TryAddWithoutValidation(ControlRequest.TokenHeader, token);
        if (client.Credentials is not null)
        {
            await client.Credentials.ProcessHttpRequestAsync(request, cancellation);
        }

        using HttpResponseMessage response = await client.HttpClient.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellation);
        return await ControlRequest.ReadAsync(response, cancellation);
    }
}
