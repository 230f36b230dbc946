using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Between children and their owners.</summary>
public static class OwnerMapping
{
    /// <summary>The object of a kind that controls a child. Group and kind must fit; the version may differ.</summary>
    /// <param name="child">The child.</param>
    /// <param name="owner">The owner's kind.</param>
    /// <returns>The owner; null when the child is controlled by nobody or by another kind.</returns>
    public static ObjectKey? ControllerOf(IMetadata<V1ObjectMeta> child, ResourceKind owner)
    {
        ArgumentNullException.ThrowIfNull(child);
        ArgumentNullException.ThrowIfNull(owner);
        var reference = child.Metadata.OwnerReferences?.FirstOrDefault(r => r.Controller == true);
        if (reference is null || reference.Kind != owner.Kind || GroupOf(reference.ApiVersion) != owner.Group)
            return null;
        return new ObjectKey(owner.Namespaced ? child.Metadata.NamespaceProperty ?? "" : "", reference.Name);
    }

    /// <summary>The reference that a child of an object carries: controlling, so that the garbage collector deletes the child after its owner.</summary>
    /// <typeparam name="T">The owner's kind.</typeparam>
    /// <param name="owner">The owner as it was read.</param>
    /// <returns>The reference.</returns>
    public static V1OwnerReference OwnerReferenceTo<T>(T owner)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(owner);
        var kind = ResourceKind.Of<T>();
        return new V1OwnerReference
        {
            ApiVersion = kind.ApiVersion,
            Kind = kind.Kind,
            Name = owner.Metadata.Name,
            Uid = owner.Metadata.Uid,
            Controller = true,
            BlockOwnerDeletion = true,
        };
    }

    private static string GroupOf(string? apiVersion)
    {
        var slash = apiVersion?.IndexOf('/', StringComparison.Ordinal) ?? -1;
        return slash < 0 ? "" : apiVersion![..slash];
    }
}
