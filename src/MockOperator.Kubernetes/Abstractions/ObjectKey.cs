using k8s.Models;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>The name of an object among those of its kind.</summary>
/// <param name="Namespace">The namespace; empty for an object of the cluster.</param>
/// <param name="Name">The name.</param>
public readonly record struct ObjectKey(string Namespace, string Name)
{
    /// <summary>The key of an object.</summary>
    /// <param name="entity">The object.</param>
    /// <returns>Its key.</returns>
    public static ObjectKey Of(IMetadata<V1ObjectMeta> entity)
    {
        ArgumentNullException.ThrowIfNull(entity);
        return new(entity.Metadata?.NamespaceProperty ?? "", entity.Metadata?.Name ?? "");
    }

    /// <summary><c>namespace/name</c>, or the name alone.</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.IsNullOrEmpty(Namespace) ? Name : $"{Namespace}/{Name}";
}
