using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Stores;

/// <summary>What the operator knows of the cluster: one store for each kind, with the indexes by which changes find the mocks that they touch.</summary>
public sealed record OperatorStores(
    ResourceStore<MockServer> Mocks,
    ResourceStore<Collection> Collections,
    ResourceStore<MockQuota> Quotas,
    ResourceStore<MetadataOf<V1ConfigMap>> ConfigMaps,
    ResourceStore<V1Deployment> Deployments,
    ResourceStore<V1Service> Services,
    ResourceStore<V1ServiceAccount> ServiceAccounts,
    ResourceStore<MetadataOf<V1ReplicaSet>> ReplicaSets,
    ResourceStore<V1Pod> Pods)
{
    /// <summary>Index of mocks: the Collection that they refer to.</summary>
    public const string ByCollection = "collection";

    /// <summary>Index of mocks and collections: the ConfigMaps that they refer to.</summary>
    public const string ByConfigMap = "configMap";

    /// <summary>Index of children: the mock that their label names.</summary>
    public const string ByMock = "mock";

    /// <summary>Index of ConfigMaps: the mocks that publish their URL in them.</summary>
    public const string ByPublisher = "publisher";

    /// <summary>Index of pods: their UIDs.</summary>
    public const string ByUid = "uid";

    /// <summary>Index of mocks: the Gateways that their specs name.</summary>
    public const string ByGateway = "gateway";

    /// <summary>Value of an index: an object of a namespace.</summary>
    public static string In(string ns, string name) => $"{ns}/{name}";

    /// <summary>Index values of a mock under <see cref="ByGateway"/>.</summary>
    public static IEnumerable<string> GatewaysOf(MockServer mock) =>
        (mock.Spec?.Gateway?.ParentRefs ?? []).Select(parent => In(parent.Namespace ?? mock.Metadata.NamespaceProperty, parent.Name)).Distinct(StringComparer.Ordinal);

    /// <summary>Index values of a mock under <see cref="ByCollection"/>.</summary>
    public static IEnumerable<string> CollectionOf(MockServer mock) =>
        mock.Spec?.CollectionRef is { } reference ? [In(mock.Metadata.NamespaceProperty, reference.Name)] : [];

    /// <summary>Index values of a mock under <see cref="ByConfigMap"/>.</summary>
    public static IEnumerable<string> ConfigMapsOf(MockServer mock) =>
        mock.Spec is null ? [] : ReferencedConfigMaps.Of(mock.Spec).Select(name => In(mock.Metadata.NamespaceProperty, name));

    /// <summary>Index values of a collection under <see cref="ByConfigMap"/>.</summary>
    public static IEnumerable<string> ConfigMapsOf(Collection collection) =>
        collection.Spec is null ? [] : ReferencedConfigMaps.Of(collection.Spec).Select(name => In(collection.Metadata.NamespaceProperty, name));

    /// <summary>Index values of a child under <see cref="ByMock"/>.</summary>
    public static IEnumerable<string> MockOf(IMetadata<V1ObjectMeta> child) =>
        child.Metadata.Labels is { } labels
        && labels.TryGetValue(ChildLabels.ManagedBy, out string? manager)
        && manager == ChildLabels.Manager
        && labels.TryGetValue(ChildLabels.Mock, out string? mock)
            ? [In(child.Metadata.NamespaceProperty, mock)]
            : [];

    /// <summary>Index values of a pod under <see cref="ByUid"/>.</summary>
    public static IEnumerable<string> UidOf(V1Pod pod) => [In(pod.Metadata.NamespaceProperty, pod.Metadata.Uid)];

    /// <summary>Index values of a ConfigMap under <see cref="ByPublisher"/>.</summary>
    public static IEnumerable<string> PublishersOf(IMetadata<V1ObjectMeta> configMap) =>
        (configMap.Metadata.Annotations?.Keys ?? [])
            .Where(static name => name.StartsWith(ChildLabels.PublishPrefix, StringComparison.Ordinal))
            .Select(name => In(configMap.Metadata.NamespaceProperty, name[ChildLabels.PublishPrefix.Length..]));
}
