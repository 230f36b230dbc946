using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Client;

/// <summary>Told of each write that the API server accepted, on the flow of control that made it.</summary>
public interface IWriteObserver
{
    /// <summary>An object was created or changed.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="written">The object as the server answered it.</param>
    void Record(ResourceKind kind, IKubernetesObject<V1ObjectMeta> written);

    /// <summary>An object was deleted.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="key">Its key.</param>
    /// <param name="uid">The uid that was to be deleted; null when any was.</param>
    void RecordDelete(ResourceKind kind, ObjectKey key, string? uid);
}
