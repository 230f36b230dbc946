using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of the metadata of ConfigMaps, which are anybody's.</summary>
public static class ConfigMapProjection
{
    // One for the operator itself, one for each mock that publishes here.
    private const int MostManagers = 65;

    // A published URL is one field.
    private const int LargestOwnershipOfAPublisher = 1024;

    /// <summary>Our labels, annotations and ownership.</summary>
    public static MetadataOf<V1ConfigMap> Of(MetadataOf<V1ConfigMap> configMap)
    {
        ArgumentNullException.ThrowIfNull(configMap);
        V1ObjectMeta metadata = configMap.Metadata;
        configMap.Metadata = MetadataProjection.OfConfigMap(metadata);
        configMap.Metadata.ManagedFields = metadata.ManagedFields?
            .Where(static entry => entry.Operation == "Apply" && entry.Manager.StartsWith(ChildLabels.Manager, StringComparison.Ordinal))
            .Take(MostManagers)
            .Select(static entry => ObjectTrimming.Compact(entry, entry.Manager == ChildLabels.Manager ? ObjectTrimming.LargestOwnership : LargestOwnershipOfAPublisher))
            .ToList() is { Count: > 0 } entries ? entries : null;
        return configMap;
    }
}
