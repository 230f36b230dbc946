using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// What the stores keep of objects: what a reconcile reads and no more, so that the operator's memory follows the number of objects, not their size.
/// </summary>
public static class StoreTrimming
{
    /// <summary>Most characters of inline content that a store keeps; more is read again when it is needed.</summary>
    public const int KeptContent = 16 * 1024;

    private static readonly JsonElement s_leftOut = JsonDocument.Parse("{}").RootElement.Clone();

    /// <summary>A mock without large embedded content.</summary>
    public static MockServer Of(MockServer mock)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ObjectTrimming.WithoutBookkeeping(mock);
        if (mock.Spec?.Collection is { } embedded && SizeOf(embedded) > KeptContent)
        {
            mock.IsTrimmed = true;
            mock.Spec = mock.Spec with
            {
                Collection = embedded with
                {
                    Postman = embedded.Postman is null ? null : s_leftOut,
                    Examples = embedded.Examples is null ? null : [],
                },
            };
        }

        return mock;
    }

    /// <summary>A collection without large content.</summary>
    public static Collection Of(Collection collection)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ObjectTrimming.WithoutBookkeeping(collection);
        if (collection.Spec is { } spec && SizeOf(spec) + (spec.Versions ?? []).Sum(SizeOf) > KeptContent)
        {
            collection.IsTrimmed = true;
            collection.Spec = spec with
            {
                Postman = spec.Postman is null ? null : s_leftOut,
                Examples = spec.Examples is null ? null : [],
                Versions = spec.Versions is null ? null : [.. spec.Versions.Select(static version => version with
                {
                    Postman = version.Postman is null ? null : s_leftOut,
                    Examples = version.Examples is null ? null : [],
                })],
            };
        }

        return collection;
    }

    /// <summary>The metadata of a ConfigMap, which is anybody's: only our labels, annotations and ownership are kept.</summary>
    public static MetadataOf<V1ConfigMap> Of(MetadataOf<V1ConfigMap> configMap)
    {
        ArgumentNullException.ThrowIfNull(configMap);
        V1ObjectMeta metadata = configMap.Metadata;
        configMap.Metadata = new V1ObjectMeta
        {
            Name = metadata.Name,
            NamespaceProperty = metadata.NamespaceProperty,
            Uid = metadata.Uid,
            ResourceVersion = metadata.ResourceVersion,
            DeletionTimestamp = metadata.DeletionTimestamp,
            OwnerReferences = metadata.OwnerReferences,
            Labels = Pick(metadata.Labels, ChildLabels.Mock, ChildLabels.ManagedBy, ChildLabels.Component),
            Annotations = metadata.Annotations?.Where(static pair => IsOurs(pair.Key)).ToDictionary(StringComparer.Ordinal) is { Count: > 0 } ours ? ours : null,
            ManagedFields = metadata.ManagedFields?
                .Where(static entry => entry.Operation == "Apply" && entry.Manager.StartsWith(ChildLabels.Manager, StringComparison.Ordinal))
                .Select(static entry => new V1ManagedFieldsEntry
                {
                    Manager = entry.Manager,
                    Operation = entry.Operation,
                    FieldsV1 = entry.FieldsV1 is JsonElement fields ? JsonSerializer.SerializeToUtf8Bytes(fields) : entry.FieldsV1,
                })
                .ToList() is { Count: > 0 } entries ? entries : null,
        };
        return configMap;
    }

    private static bool IsOurs(string annotation) =>
        annotation.StartsWith(ChildLabels.Prefix, StringComparison.Ordinal) || annotation.StartsWith(ChildLabels.PublishPrefix, StringComparison.Ordinal);

    /// <summary>A Deployment without its template.</summary>
    public static V1Deployment Of(V1Deployment deployment)
    {
        ArgumentNullException.ThrowIfNull(deployment);
        KeepOwnership(deployment);
        deployment.Spec = new V1DeploymentSpec { Replicas = deployment.Spec?.Replicas };
        return deployment;
    }

    /// <summary>A Service without its spec.</summary>
    public static V1Service Of(V1Service service)
    {
        ArgumentNullException.ThrowIfNull(service);
        KeepOwnership(service);
        service.Spec = null;
        service.Status = null;
        return service;
    }

    /// <summary>A ServiceAccount, of which the metadata says all.</summary>
    public static V1ServiceAccount Of(V1ServiceAccount account)
    {
        ArgumentNullException.ThrowIfNull(account);
        KeepOwnership(account);
        account.Secrets = null;
        return account;
    }

    /// <summary>An Ingress without its spec.</summary>
    public static V1Ingress Of(V1Ingress ingress)
    {
        ArgumentNullException.ThrowIfNull(ingress);
        KeepOwnership(ingress);
        ingress.Spec = null;
        return ingress;
    }

    /// <summary>A pod: who it is, where it is, and how it does.</summary>
    public static V1Pod Of(V1Pod pod)
    {
        ArgumentNullException.ThrowIfNull(pod);
        pod.Metadata = new V1ObjectMeta
        {
            Name = pod.Metadata.Name,
            NamespaceProperty = pod.Metadata.NamespaceProperty,
            Uid = pod.Metadata.Uid,
            ResourceVersion = pod.Metadata.ResourceVersion,
            DeletionTimestamp = pod.Metadata.DeletionTimestamp,
            Labels = Pick(pod.Metadata.Labels, ChildLabels.Mock, ChildLabels.ManagedBy, ChildLabels.Component),
            Annotations = Pick(pod.Metadata.Annotations, ChildLabels.BundleRevision),
        };
        pod.Spec = null;
        pod.Status = new V1PodStatus
        {
            Phase = pod.Status?.Phase,
            PodIP = pod.Status?.PodIP,
            Conditions = [.. (pod.Status?.Conditions ?? []).Where(static condition => condition.Type == "Ready" || condition.Status == "False")
                .Select(static condition => new V1PodCondition { Type = condition.Type, Status = condition.Status, Reason = condition.Reason, Message = condition.Message })],
            ContainerStatuses = pod.Status?.ContainerStatuses?.Select(static container => new V1ContainerStatus
            {
                Name = container.Name,
                Ready = container.Ready,
                Image = "",
                ImageID = "",
                RestartCount = container.RestartCount,
                State = container.State?.Waiting is { } waiting ? new V1ContainerState { Waiting = waiting } : null,
            }).ToList(),
        };
        return pod;
    }

    private static int SizeOf(ICollectionSource source) =>
        (source.Postman?.GetRawText().Length ?? 0)
        + (source.Examples?.Sum(static example =>
            200
            + (example.Request?.Body?.Length ?? 0) + (example.Request?.Json?.GetRawText().Length ?? 0)
            + (example.Response?.Body?.Length ?? 0) + (example.Response?.Json?.GetRawText().Length ?? 0) + (example.Response?.Base64?.Length ?? 0)) ?? 0);

    private static void KeepOwnership<T>(T entity)
        where T : class, k8s.IKubernetesObject<V1ObjectMeta>
    {
        ObjectTrimming.KeepingOwnership<T>(ChildLabels.Manager)(entity);
        entity.Metadata.Labels = Pick(entity.Metadata.Labels, ChildLabels.Mock, ChildLabels.ManagedBy, ChildLabels.Component);
    }

    private static Dictionary<string, string>? Pick(IDictionary<string, string>? from, params ReadOnlySpan<string> names)
    {
        Dictionary<string, string>? picked = null;
        foreach (string name in names)
        {
            if (from is not null && from.TryGetValue(name, out string? value))
            {
                (picked ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = value;
            }
        }

        return picked;
    }
}
