using MockOperator.Client.Calls;
using MockOperator.Client.Connections;
using MockOperator.Client.Workloads;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Forwarding;

namespace MockOperator.Client.Ports;

/// <summary>The ports of the pods of a mock, reached through the API server with the caller's rights (<c>list</c> on Pods, <c>get</c> and <c>create</c> on <c>pods/portforward</c>).</summary>
/// <param name="cluster">The cluster, as the caller sees it.</param>
/// <param name="mock">The mock.</param>
public sealed class MockPorts(MockCluster cluster, ObjectKey mock)
{
    /// <summary>The port at which a pod serves the mock.</summary>
    public const int Http = 8080;

    /// <summary>The port of probes and metrics.</summary>
    public const int Admin = 9090;

    private const int LongestMetrics = 16 * 1024 * 1024;

    private readonly MockPods _pods = new(cluster.Api, mock);

    /// <summary>The mock.</summary>
    public ObjectKey Mock => mock;

    /// <summary>The pods of the mock that can take calls, by name.</summary>
    /// <param name="cancellationToken">Ends the calls.</param>
    /// <returns>The pods.</returns>
    /// <exception cref="ApiException">Pods cannot be listed.</exception>
    public async Task<IReadOnlyList<Pod>> FindReadyAsync(CancellationToken cancellationToken = default) => [.. (await _pods.ListAsync(cancellationToken)).Where(IsReady)];

    /// <summary>Whether a pod can take calls: it is ready, and nobody has asked it to end.</summary>
    /// <param name="pod">The pod.</param>
    /// <returns>Whether it can.</returns>
    public static bool IsReady(Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        return pod.Metadata.DeletionTimestamp is null && pod.Status?.Conditions?.Any(condition => condition is { Type: "Ready", Status: "True" }) == true;
    }

    /// <summary>A port of a pod.</summary>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="port">The port.</param>
    /// <returns>The port. Nothing is sent yet.</returns>
    public PodPort Port(string pod, int port) => new(cluster.Api.Transport, new ObjectKey(mock.Namespace, pod), port, cluster.Time);

    /// <summary>HTTP to a port of a pod, whatever host a request names. To be disposed of.</summary>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="port">The port.</param>
    /// <returns>A client without a time-out of its own.</returns>
    public HttpClient Connect(string pod, int port) => new(new PodPortHandler(Port(pod, port))) { Timeout = Timeout.InfiniteTimeSpan, BaseAddress = new Uri($"http://localhost:{port}") };

    /// <summary>What a pod counts.</summary>
    /// <param name="pod">Name of the pod.</param>
    /// <param name="cancellationToken">Ends the call, which has no other time-out than those of the way.</param>
    /// <returns>The metrics.</returns>
    /// <exception cref="PodPortException">The pod cannot be asked, or the caller may not.</exception>
    /// <exception cref="HttpRequestException">It does not answer as a runtime does.</exception>
    public async Task<PodMetrics> ReadMetricsAsync(string pod, CancellationToken cancellationToken = default)
    {
        using var http = Connect(pod, Admin);
        http.MaxResponseContentBufferSize = LongestMetrics;
        return PodMetrics.Read(await http.GetStringAsync("/metrics", cancellationToken));
    }
}
