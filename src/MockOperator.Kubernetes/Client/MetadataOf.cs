using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Client;

/// <summary>
/// The metadata alone of an object of kind <typeparamref name="T"/>. Reads and watches with this type ask the server for <c>PartialObjectMetadata</c>, so that
/// contents (of all ConfigMaps of a cluster, say) never travel nor stay in memory.
/// </summary>
/// <typeparam name="T">The C# type of the whole object.</typeparam>
public sealed class MetadataOf<T> : IKubernetesObject<V1ObjectMeta>, IMetadataOnly
    where T : IKubernetesObject<V1ObjectMeta>
{
    /// <summary>As the server wrote it: <c>meta.k8s.io/v1</c>.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>As the server wrote it: <c>PartialObjectMetadata</c>.</summary>
    public string? Kind { get; set; }

    /// <summary>The metadata.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    void IMetadataOnly.Take(PartialMetadata read)
    {
        ApiVersion = read.ApiVersion;
        Kind = read.Kind;
        Metadata = read.Metadata ?? new V1ObjectMeta();
    }
}
