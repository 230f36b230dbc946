using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Publishing;

/// <summary>
/// The key of a ConfigMap in which a mock publishes its URL. Each mock applies with a field manager of its own, so that it owns its key and nothing else:
/// other keys stay as they are, and taking the key back is an apply of nothing.
/// </summary>
public static class PublishedUrl
{
    private const string ManagerPrefix = ChildLabels.Manager + "-url-";

    /// <summary>The field manager of a mock's keys.</summary>
    public static string FieldManager(string mock) => ManagerPrefix + mock;

    /// <summary>The annotation that says which key is the mock's.</summary>
    public static string Annotation(string mock) => ChildLabels.PublishPrefix + mock;

    /// <summary>What the annotation says.</summary>
    public static string AnnotationValue(string key, string url) => $"{key}={url}";

    /// <summary>The body of the apply.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="target">The key.</param>
    /// <param name="url">The URL.</param>
    /// <param name="isOurs">Whether the operator made the ConfigMap, or makes it now.</param>
    public static V1ConfigMap Build(MockServer mock, ConfigMapKeyReference target, string url, bool isOurs) => new()
    {
        ApiVersion = "v1",
        Kind = "ConfigMap",
        Metadata = new V1ObjectMeta
        {
            Name = target.Name,
            NamespaceProperty = mock.Metadata.NamespaceProperty,
            Labels = isOurs
                ? new Dictionary<string, string>(StringComparer.Ordinal)
                {
                    [ChildLabels.ManagedBy] = ChildLabels.Manager,
                    [ChildLabels.Component] = ChildLabels.PublishedUrlComponent,
                }
                : null,
            Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [Annotation(mock.Metadata.Name)] = AnnotationValue(target.Key, url) },
        },
        Data = new Dictionary<string, string>(StringComparer.Ordinal) { [target.Key] = url },
    };

    /// <summary>The body of the apply that takes a mock's key back from one ConfigMap, and from no other that came under its name.</summary>
    /// <param name="from">The ConfigMap as it was read.</param>
    public static V1ConfigMap Retraction(V1ObjectMeta from)
    {
        ArgumentNullException.ThrowIfNull(from);
        return new V1ConfigMap
        {
            ApiVersion = "v1",
            Kind = "ConfigMap",
            Metadata = new V1ObjectMeta { Name = from.Name, NamespaceProperty = from.NamespaceProperty, Uid = from.Uid, ResourceVersion = from.ResourceVersion },
        };
    }

    /// <summary>Whether mocks alone have written to a ConfigMap, so that nobody misses it.</summary>
    /// <param name="map">The ConfigMap as the server has it, with all its managers.</param>
    public static bool IsOfMocksAlone(V1ObjectMeta map)
    {
        ArgumentNullException.ThrowIfNull(map);
        return map.ManagedFields?.All(static entry => entry.Manager.StartsWith(ManagerPrefix, StringComparison.Ordinal)) is true;
    }
}
