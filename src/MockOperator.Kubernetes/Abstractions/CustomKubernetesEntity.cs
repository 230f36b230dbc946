using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>
/// Base of a custom resource's C# type. Mark the derived type with <see cref="KubernetesEntityAttribute"/> (group, version, kind, plural) and,
/// when it is not namespaced, with <see cref="EntityScopeAttribute"/>.
/// </summary>
/// <remarks>
/// No member may be C# <c>required</c>: a bookmark of a watch and an apply body carry only part of an object. What is required belongs in the CRD's schema.
/// Instances handed out by a store are shared: treat them as read-only.
/// </remarks>
/// <typeparam name="TSpec">What the user asks for.</typeparam>
/// <typeparam name="TStatus">What was observed.</typeparam>
public abstract class CustomKubernetesEntity<TSpec, TStatus> : IKubernetesObject<V1ObjectMeta>
    where TSpec : class
    where TStatus : class
{
    /// <summary>Group and version, <c>group/version</c>; filled from the kind when an object is written.</summary>
    public string? ApiVersion { get; set; }

    /// <summary>The kind; filled when an object is written.</summary>
    public string? Kind { get; set; }

    /// <summary>Name, namespace, labels and what the server keeps of every object.</summary>
    public V1ObjectMeta Metadata { get; set; } = new();

    /// <summary>Desired state; null in a status apply and in an object without a spec.</summary>
    public TSpec? Spec { get; set; }

    /// <summary>Observed state; null until the first status write.</summary>
    public TStatus? Status { get; set; }
}
