using k8s.Models;

namespace MockOperator.Operator.Content;

/// <summary>
/// Reads ConfigMaps by name. The operator watches ConfigMaps as metadata only and reads the content of those that are referred to, when they change: never
/// the content of all ConfigMaps of a cluster.
/// </summary>
public interface IConfigMapReader
{
    /// <summary>Reads one, live.</summary>
    /// <param name="ns">Its namespace.</param>
    /// <param name="name">Its name.</param>
    /// <param name="cancellation">Ends the call.</param>
    /// <returns>The ConfigMap, or null when there is none.</returns>
    Task<V1ConfigMap?> ReadAsync(string ns, string name, CancellationToken cancellation);
}
