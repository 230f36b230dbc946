using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Caching;

/// <summary>What stores leave out of objects.</summary>
public static class ObjectTrimming
{
    /// <summary>
    /// Most bytes of owned fields that <see cref="KeepingOwnership{T}"/> keeps of an object. An object of more fields, which only a large spec has, is applied once more
    /// after a restart.
    /// </summary>
    public const int LargestOwnership = 16 * 1024;

    private const string LastApplied = "kubectl.kubernetes.io/last-applied-configuration";

    /// <summary>Leaves out <c>managedFields</c> (about 40 % of an object) and kubectl's copy of the last applied configuration.</summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="entity">The object; changed.</param>
    /// <returns>The same object.</returns>
    public static T WithoutBookkeeping<T>(T entity)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        entity.Metadata.ManagedFields = null;
        DropLastApplied(entity.Metadata);
        return entity;
    }

    /// <summary>
    /// As <see cref="WithoutBookkeeping{T}"/>, but keeps the fields that one manager applied, in compact form, so that
    /// <see cref="Controllers.AppliedTokens"/> can tell whether anyone changed them.
    /// </summary>
    /// <typeparam name="T">The type of the object.</typeparam>
    /// <param name="fieldManager">The manager.</param>
    /// <returns>The trimming.</returns>
    public static Func<T, T> KeepingOwnership<T>(string fieldManager)
        where T : class, IKubernetesObject<V1ObjectMeta> => entity =>
        {
            var ours = entity.Metadata.ManagedFields?.FirstOrDefault(
                e => e.Manager == fieldManager && e.Operation == "Apply" && string.IsNullOrEmpty(e.Subresource));
            entity.Metadata.ManagedFields = ours is null ? null : [Compact(ours, LargestOwnership)];
            DropLastApplied(entity.Metadata);
            return entity;
        };

    /// <summary>An entry of <c>managedFields</c> as a store keeps it: the fields as text, for a parsed element costs several times that; of many fields a digest.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="largest">Most bytes of fields to keep.</param>
    /// <returns>The entry to keep.</returns>
    public static V1ManagedFieldsEntry Compact(V1ManagedFieldsEntry entry, int largest)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var fields = FieldOwnership.Bytes(entry);
        return new V1ManagedFieldsEntry
        {
            Manager = entry.Manager,
            Operation = entry.Operation,
            FieldsV1 = fields.Length > largest ? FieldOwnership.Digest(fields) : fields,
        };
    }

    private static void DropLastApplied(V1ObjectMeta metadata)
    {
        if (metadata.Annotations is { } annotations && annotations.Remove(LastApplied) && annotations.Count == 0)
            metadata.Annotations = null;
    }
}
