using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Caching;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Which changes of an object are worth a reconcile.</summary>
public static class Predicates
{
    /// <summary>
    /// Spec (by generation), labels, annotations, finalizers, owners or the mark for deletion changed, or the object came or went. Status alone does not count.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="change">The change.</param>
    /// <returns>Whether it counts.</returns>
    public static bool SpecOrMetadataChanged<T>(StoreChange<T> change)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(change);
        if (change is not { Old.Metadata: { } old, New.Metadata: { } now })
            return true;
        return old.Generation is null
            || old.Generation != now.Generation
            || old.DeletionTimestamp != now.DeletionTimestamp
            || !Same(old.Labels, now.Labels)
            || !Same(old.Annotations, now.Annotations)
            || !(old.Finalizers ?? []).SequenceEqual(now.Finalizers ?? [], StringComparer.Ordinal)
            || !(old.OwnerReferences ?? []).Select(o => o.Uid).SequenceEqual((now.OwnerReferences ?? []).Select(o => o.Uid), StringComparer.Ordinal);
    }

    /// <summary>What the user asks for (by generation) changed, or the object came or went. Neither status nor metadata counts.</summary>
    /// <typeparam name="T">The type of the object, of a kind whose generation the server counts.</typeparam>
    /// <param name="change">The change.</param>
    /// <returns>Whether it counts.</returns>
    public static bool SpecChanged<T>(StoreChange<T> change)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old.Metadata.Generation: { } old, New.Metadata.Generation: { } now } || old != now;
    }

    private static bool Same(IDictionary<string, string>? a, IDictionary<string, string>? b)
    {
        if ((a?.Count ?? 0) != (b?.Count ?? 0))
            return false;
        return a is null || a.Count == 0 || a.All(entry => b!.TryGetValue(entry.Key, out var value) && value == entry.Value);
    }
}
