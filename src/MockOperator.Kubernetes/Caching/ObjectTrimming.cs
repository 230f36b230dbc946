using System.Text.Json;
using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Caching;

/// <summary>What stores leave out of objects.</summary>
public static class ObjectTrimming
{
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
            entity.Metadata.ManagedFields = ours is null ? null : [Compact(ours)];
            DropLastApplied(entity.Metadata);
            return entity;
        };

    private static V1ManagedFieldsEntry Compact(V1ManagedFieldsEntry entry) => new()
    {
        Manager = entry.Manager,
        Operation = entry.Operation,
        // A parsed element costs several times its text.
        FieldsV1 = entry.FieldsV1 is JsonElement fields ? JsonSerializer.SerializeToUtf8Bytes(fields) : entry.FieldsV1,
    };

    private static void DropLastApplied(V1ObjectMeta metadata)
    {
        if (metadata.Annotations is { } annotations && annotations.Remove(LastApplied) && annotations.Count == 0)
            metadata.Annotations = null;
    }
}
