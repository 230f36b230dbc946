using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Content;

/// <summary>Reads ConfigMaps from the API server.</summary>
public sealed class ClusterConfigMaps(ResourceClient client) : IConfigMapReader
{
    /// <inheritdoc/>
    public Task<V1ConfigMap?> ReadAsync(string ns, string name, CancellationToken cancellation) =>
        client.GetAsync<V1ConfigMap>(new ObjectKey(ns, name), cancellation);
}
