using k8s.Models;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Projections;

/// <summary>
/// What the stores keep of an object's metadata. Anybody may write labels, annotations, owners and managed fields, up to the size of a whole object: only what a
/// reconcile reads is kept, and never more than the bounds here.
/// </summary>
internal static class MetadataProjection
{
    private const int MostAnnotations = 16;
    private const int MostPublishers = 64;
    private const int LongestAnnotation = 1024;
    private const int MostOfAUser = 4 * 1024;

    /// <summary>Of a child: who it is, whose it is, and the labels and annotations that are ours.</summary>
    public static V1ObjectMeta OfChild(V1ObjectMeta metadata) => Core(
        metadata,
        Pick(metadata.Labels, ChildLabels.Mock, ChildLabels.ManagedBy, ChildLabels.Component),
        Prefixed(metadata.Annotations, ChildLabels.Prefix, MostAnnotations));

    /// <summary>Of anybody's ConfigMap: as of a child, when its labels say that it is one, and what says who publishes in it.</summary>
    public static V1ObjectMeta OfConfigMap(V1ObjectMeta metadata)
    {
        Dictionary<string, string>? labels = Pick(metadata.Labels, ChildLabels.Mock, ChildLabels.ManagedBy, ChildLabels.Component);
        Dictionary<string, string>? ours = labels is null ? null : Prefixed(metadata.Annotations, ChildLabels.Prefix, MostAnnotations);
        return Core(metadata, labels, Join(ours, Prefixed(metadata.Annotations, ChildLabels.PublishPrefix, MostPublishers)));
    }

    /// <summary>Of an object of the cluster's: who it is, and one annotation.</summary>
    public static V1ObjectMeta WithAnnotation(V1ObjectMeta metadata, string annotation) => Core(metadata, null, Pick(metadata.Annotations, annotation));

    /// <summary>Of somebody else's object: who it is.</summary>
    public static V1ObjectMeta OfForeign(V1ObjectMeta metadata) => Core(metadata, null, null);

    /// <summary>Of a user's resource: who it is; labels and annotations only so that an edit of them wakes, so no large ones.</summary>
    public static V1ObjectMeta OfResource(V1ObjectMeta metadata) => Core(metadata, IfSmall(metadata.Labels), IfSmall(metadata.Annotations));

    private static V1ObjectMeta Core(V1ObjectMeta metadata, IDictionary<string, string>? labels, IDictionary<string, string>? annotations) => new()
    {
        Name = metadata.Name,
        NamespaceProperty = metadata.NamespaceProperty,
        Uid = metadata.Uid,
        ResourceVersion = metadata.ResourceVersion,
        Generation = metadata.Generation,
        CreationTimestamp = metadata.CreationTimestamp,
        DeletionTimestamp = metadata.DeletionTimestamp,
        // An object has one controller at most, and no other owner is ours.
        OwnerReferences = metadata.OwnerReferences?.Where(static owner => owner.Controller == true).Take(1).ToList() is { Count: > 0 } owners ? owners : null,
        Labels = labels,
        Annotations = annotations,
    };

    private static Dictionary<string, string>? Prefixed(IDictionary<string, string>? from, string prefix, int most) =>
        from?.Where(pair => pair.Key.StartsWith(prefix, StringComparison.Ordinal) && pair.Value.Length <= LongestAnnotation)
            .OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            .Take(most)
            .ToDictionary(StringComparer.Ordinal) is { Count: > 0 } kept ? kept : null;

    private static Dictionary<string, string>? Pick(IDictionary<string, string>? from, params ReadOnlySpan<string> names)
    {
        Dictionary<string, string>? picked = null;
        foreach (string name in names)
        {
            if (from is not null && from.TryGetValue(name, out string? value) && value.Length <= LongestAnnotation)
            {
                (picked ??= new Dictionary<string, string>(StringComparer.Ordinal))[name] = value;
            }
        }

        return picked;
    }

    private static IDictionary<string, string>? IfSmall(IDictionary<string, string>? from) =>
        from?.Sum(static pair => pair.Key.Length + pair.Value.Length) > MostOfAUser ? null : from;

    private static Dictionary<string, string>? Join(Dictionary<string, string>? some, Dictionary<string, string>? others) =>
        some is null || others is null ? some ?? others : some.Concat(others).ToDictionary(StringComparer.Ordinal);
}
