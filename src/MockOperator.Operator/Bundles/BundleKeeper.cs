using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Bundles;

/// <summary>
/// Keeps the bundles of mocks in the cluster. After any of its writes, also when it is the last for a while, what is stored loads as one revision: the one of before or the new one.
/// </summary>
public sealed class BundleKeeper(ResourceClient client, AppliedTokens applied, ResourceStore<MetadataOf<V1ConfigMap>> configMaps)
{
    /// <summary>The revision that the cluster holds for a mock, or null.</summary>
    public string? RevisionOf(MockServer mock) => Annotation(OwnIndex(mock), ChildLabels.Revision);

    /// <summary>The room that pods need for what the cluster holds for a mock: a Deployment that was removed by hand remembers none.</summary>
    public int RoomOf(MockServer mock) => BundleSlots.RoomUpTo(BundleSlots.Parse(Annotation(OwnIndex(mock), ChildLabels.BundleSlots)).DefaultIfEmpty(0).Max());

    /// <summary>The names of the ConfigMaps that a bundle would be stored in.</summary>
    public IReadOnlyList<string> NamesFor(MockServer mock, Bundle bundle)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return [.. Place(mock, bundle).Prepend(0).Select(slot => ChildNames.Bundle(mock.Metadata.Name, slot))];
    }

    /// <summary>Looks for a ConfigMap of one of some names that does not belong to the mock. Only what the store knows is used.</summary>
    /// <returns>The first; null when all names are free or the mock's own.</returns>
    public MetadataOf<V1ConfigMap>? FindForeign(MockServer mock, IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return names
            .Select(name => configMaps.Get(mock.Metadata.NamespaceProperty, name))
            .FirstOrDefault(map => map is not null && !ChildMetadata.IsOwned(map.Metadata, mock.Metadata.Uid));
    }

    /// <summary>
    /// Whether the ConfigMaps of a bundle are at the versions at which they were last found right. If not, somebody wrote to them, and only building the
    /// bundle again tells whether it matters.
    /// </summary>
    public bool Has(MockServer mock, AppliedBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.Versions.All(part =>
            configMaps.Get(mock.Metadata.NamespaceProperty, part.Key) is { } map
            && map.Metadata.DeletionTimestamp is null
            && map.Metadata.ResourceVersion == part.Value);
    }

    /// <summary>Applies the ConfigMaps of a bundle: the parts where the index of before does not look, and then the index.</summary>
    /// <returns>The versions of its ConfigMaps, and whether any of them was written.</returns>
    public async Task<(AppliedBundle Bundle, bool Written)> ApplyAsync(MockServer mock, Bundle bundle, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(bundle);
        bool written = false;
        var versions = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (V1ConfigMap map in BundleConfigMaps.Build(mock, bundle, Place(mock, bundle)))
        {
            MetadataOf<V1ConfigMap>? observed = configMaps.Get(ObjectKey.Of(map));
            V1ConfigMap? result = await applied.ApplyAsync(map, observed, cancellation);
            versions[map.Metadata.Name] = (result?.Metadata ?? observed!.Metadata).ResourceVersion;
            written |= result is not null;
        }

        return (new AppliedBundle(bundle.Revision, versions), written);
    }

    /// <summary>Removes the ConfigMaps that a bundle does not consist of: the parts of the one before it, once nobody needs them.</summary>
    public async Task PruneAsync(MockServer mock, AppliedBundle bundle, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(bundle);
        foreach (MetadataOf<V1ConfigMap> map in OwnMaps(mock).Where(map => !bundle.Versions.ContainsKey(map.Metadata.Name)).ToList())
        {
            await client.DeleteAsync<V1ConfigMap>(ObjectKey.Of(map), new DeletePreconditions(map.Metadata.Uid), cancellation);
        }
    }

    private IReadOnlyList<int> Place(MockServer mock, Bundle bundle)
    {
        var stored = new Dictionary<int, string>();
        for (int slot = 1; slot < BundleSlots.MountedFor(BundleSlots.MostConfigMaps) && bundle.Parts.Count > 0; slot++)
        {
            MetadataOf<V1ConfigMap>? map = configMaps.Get(mock.Metadata.NamespaceProperty, ChildNames.Bundle(mock.Metadata.Name, slot));
            if (IsOwn(mock, map) && Annotation(map, ChildLabels.BundlePart) is { } hash)
            {
                stored[slot] = hash;
            }
        }

        return BundleSlots.Place(bundle.Parts, BundleSlots.Parse(Annotation(OwnIndex(mock), ChildLabels.BundleSlots)), stored);
    }

    private MetadataOf<V1ConfigMap>? OwnIndex(MockServer mock)
    {
        MetadataOf<V1ConfigMap>? index = configMaps.Get(mock.Metadata.NamespaceProperty, ChildNames.Bundle(mock.Metadata.Name, 0));
        return index is not null && ChildMetadata.IsOwned(index.Metadata, mock.Metadata.Uid) ? index : null;
    }

    private IEnumerable<MetadataOf<V1ConfigMap>> OwnMaps(MockServer mock) =>
        Enumerable.Range(0, BundleSlots.MountedFor(BundleSlots.MostConfigMaps))
            .Select(slot => configMaps.Get(mock.Metadata.NamespaceProperty, ChildNames.Bundle(mock.Metadata.Name, slot)))
            .Where(map => IsOwn(mock, map))
            .Select(static map => map!);

    private static bool IsOwn(MockServer mock, MetadataOf<V1ConfigMap>? map) =>
        map is not null && map.Metadata.DeletionTimestamp is null && ChildMetadata.IsOwned(map.Metadata, mock.Metadata.Uid);

    private static string? Annotation(MetadataOf<V1ConfigMap>? map, string name) =>
        map?.Metadata.Annotations?.TryGetValue(name, out string? value) == true ? value : null;
}
