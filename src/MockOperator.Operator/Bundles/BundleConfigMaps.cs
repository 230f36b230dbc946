using System.Text;
using System.Text.Unicode;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Bundles;

/// <summary>The ConfigMaps that carry a bundle, one file of the mounted directory for each key.</summary>
public static class BundleConfigMaps
{
    /// <summary>Builds them: the parts in order and the index last, as they have to be applied.</summary>
    /// <param name="mock">The owner.</param>
    /// <param name="bundle">The bundle.</param>
    /// <param name="slots">Where its parts go, as <see cref="BundleSlots.Place"/> says.</param>
    public static IReadOnlyList<V1ConfigMap> Build(MockServer mock, Bundle bundle, IReadOnlyList<int> slots)
    {
        ArgumentNullException.ThrowIfNull(bundle);
        ArgumentNullException.ThrowIfNull(slots);
        List<V1ConfigMap> maps = [.. bundle.Groups.Skip(1).Select((group, number) => Map(mock, slots[number], group, (ChildLabels.BundlePart, group.Hash)))];
        V1ConfigMap index = Map(mock, 0, bundle.Groups[0], (ChildLabels.Revision, bundle.Revision));
        if (slots.Count > 0)
        {
            index.Metadata.Annotations[ChildLabels.BundleSlots] = BundleSlots.Text(slots);
        }

        return [.. maps, index];
    }

    private static V1ConfigMap Map(MockServer mock, int slot, BundleGroup group, (string Name, string Value) annotation)
    {
        V1ObjectMeta metadata = ChildMetadata.Of(mock, ChildNames.Bundle(mock.Metadata.Name, slot));
        metadata.Annotations = new Dictionary<string, string>(StringComparer.Ordinal) { [annotation.Name] = annotation.Value };
        var map = new V1ConfigMap { ApiVersion = "v1", Kind = "ConfigMap", Metadata = metadata };
        foreach (BundleFile file in group.Files)
        {
            Add(map, file);
        }

        return map;
    }

    private static void Add(V1ConfigMap map, BundleFile file)
    {
        if (Utf8.IsValid(file.Bytes.Span))
        {
            (map.Data ??= new Dictionary<string, string>(StringComparer.Ordinal))[file.Name] = Encoding.UTF8.GetString(file.Bytes.Span);
        }
        else
        {
            (map.BinaryData ??= new Dictionary<string, byte[]>(StringComparer.Ordinal))[file.Name] = file.Bytes.ToArray();
        }
    }
}
