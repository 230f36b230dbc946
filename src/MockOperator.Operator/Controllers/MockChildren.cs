using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Controllers;

/// <summary>Applies the children of a mock: what differs and no more, and never over somebody else's object.</summary>
public sealed class MockChildren(ResourceClient client, AppliedTokens applied, OperatorStores stores, RuntimeSettings settings)
{
    /// <summary>
    /// Looks for objects of the children's names that belong to somebody else. Costs nothing once the children are there; a name that was taken is the only one that is
    /// looked at until it is free.
    /// </summary>
    /// <returns>The conflict, or null.</returns>
    public async Task<Unresolved?> FindConflictAsync(MockServer mock, MockMemory memory, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(memory);
        if (FindBundleConflict(mock, configMaps: 1) is { } seen)
        {
            return seen;
        }

        string ns = mock.Metadata.NamespaceProperty;
        var workload = new ObjectKey(ns, ChildNames.Workload(mock.Metadata.Name));
        Func<Task<Unresolved?>>[] looks =
        [
            () => ConflictAsync(mock, stores.Services, new ObjectKey(ns, ChildNames.Service(mock.Metadata.Name)), cancellation),
            () => ConflictAsync(mock, stores.ServiceAccounts, workload, cancellation),
            () => ConflictAsync(mock, stores.Deployments, workload, cancellation),
        ];
        if (memory.TakenName is { } taken && await looks[taken]() is { } still)
        {
            return still;
        }

        Unresolved?[] found = await Task.WhenAll(looks.Select(static look => look()));
        int first = Array.FindIndex(found, static conflict => conflict is not null);
        memory.TakenName = first < 0 ? null : first;
        return first < 0 ? null : found[first];
    }

    /// <summary>Looks for ConfigMaps of a bundle's names that belong to somebody else.</summary>
    /// <returns>The conflict, or null.</returns>
    public Unresolved? FindBundleConflict(MockServer mock, int configMaps)
    {
        ArgumentNullException.ThrowIfNull(mock);
        return Enumerable.Range(0, configMaps)
            .Select(number => Conflict(mock, "ConfigMap", stores.ConfigMaps.Get(mock.Metadata.NamespaceProperty, ChildNames.Bundle(mock.Metadata.Name, number))))
            .FirstOrDefault(static conflict => conflict is not null);
    }

    /// <summary>
    /// Whether the ConfigMaps of a bundle are at the versions at which they were last found right. If not, somebody wrote to them, and only building the
    /// bundle again tells whether it matters.
    /// </summary>
    public bool HasBundle(MockServer mock, AppliedBundle bundle)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(bundle);
        return bundle.Versions.Select((version, number) => (version, number)).All(part =>
            stores.ConfigMaps.Get(mock.Metadata.NamespaceProperty, ChildNames.Bundle(mock.Metadata.Name, part.number)) is { } map
            && map.Metadata.DeletionTimestamp is null
            && map.Metadata.ResourceVersion == part.version);
    }

    /// <summary>Applies the ConfigMaps of a bundle, those behind the first before it, and removes those of a larger one before.</summary>
    /// <returns>The versions of its ConfigMaps, and whether any of them was written.</returns>
    public async Task<(AppliedBundle Bundle, bool Written)> ApplyBundleAsync(MockServer mock, Bundle bundle, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(bundle);
        bool written = false;
        string[] versions = new string[bundle.ConfigMaps.Count];
        for (int number = bundle.ConfigMaps.Count - 1; number >= 0; number--)
        {
            V1ConfigMap map = bundle.ConfigMaps[number];
            MetadataOf<V1ConfigMap>? observed = stores.ConfigMaps.Get(ObjectKey.Of(map));
            V1ConfigMap? result = await applied.ApplyAsync(map, observed, cancellation);
            versions[number] = (result?.Metadata ?? observed!.Metadata).ResourceVersion;
            written |= result is not null;
        }

        return (new AppliedBundle(bundle.Revision, versions), written);
    }

    /// <summary>Removes ConfigMaps of the bundle that are no longer needed.</summary>
    public async Task PruneBundleAsync(MockServer mock, int keep, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        HashSet<string> wanted = [.. Enumerable.Range(0, keep).Select(number => ChildNames.Bundle(mock.Metadata.Name, number))];
        foreach (MetadataOf<V1ConfigMap> map in stores.ConfigMaps.ByIndex(OperatorStores.ByMock, KeyOf(mock)))
        {
            if (!wanted.Contains(map.Metadata.Name) && ChildMetadata.IsOwned(map.Metadata, mock.Metadata.Uid) && map.Metadata.DeletionTimestamp is null)
            {
                await client.DeleteAsync<V1ConfigMap>(ObjectKey.Of(map), new DeletePreconditions(map.Metadata.Uid), cancellation);
            }
        }
    }

    /// <summary>Creates the Secret with the key of a private mock unless there is one. What is in an existing one is neither read nor changed.</summary>
    public async Task EnsureApiKeyAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        _ = await client.CreateIfAbsentAsync(ApiKeySecret.Build(mock), cancellation);
    }

    /// <summary>Applies what runs the pods: ServiceAccount, Deployment and Service.</summary>
    public async Task ApplyWorkloadAsync(MockServer mock, MockContent content, PodOverrides overrides, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(content);
        string ns = mock.Metadata.NamespaceProperty;
        var workload = new ObjectKey(ns, ChildNames.Workload(mock.Metadata.Name));
        await applied.ApplyAsync(ServiceAccountBuilder.Build(mock), stores.ServiceAccounts.Get(workload), cancellation);

        // Before its pods: one that is refused them then has everything else, and only that is tried again.
        await ApplyServiceAsync(ServiceBuilder.Build(mock), stores.Services.Get(ns, ChildNames.Service(mock.Metadata.Name)), cancellation);

        V1Deployment? deployment = stores.Deployments.Get(workload);
        DeploymentShape shape = new DeploymentShape(BundleBuilder.SlotsFor(content.ConfigMaps), content.MemoryStep, [.. content.Secrets, ApiKeySecret.Mount(mock)])
            .AtLeast(deployment?.Metadata.Annotations?.TryGetValue(DeploymentShape.Annotation, out string? text) == true ? text : null);
        await applied.ApplyAsync(DeploymentBuilder.Build(mock, shape, overrides, settings), deployment, cancellation);
    }

    private async Task ApplyServiceAsync(V1Service desired, V1Service? observed, CancellationToken cancellation)
    {
        try
        {
            await applied.ApplyAsync(desired, observed, cancellation);
        }
        catch (ApiException refused) when (refused.Kind == ApiFailure.Invalid && observed is not null)
        {
            // Ports are merged by number: one that somebody put in place of ours stays beside it, and the server refuses two of one name. Theirs goes.
            var ports = new V1Service { Spec = new V1ServiceSpec { Ports = desired.Spec.Ports } };
            await client.MergePatchAsync<V1Service>(ObjectKey.Of(desired), JsonSerializer.SerializeToUtf8Bytes(ports, client.Json), cancellation);
            await applied.ApplyAsync(desired, observed, cancellation);
        }
    }

    private async Task<Unresolved?> ConflictAsync<T>(MockServer mock, ResourceStore<T> store, ObjectKey key, CancellationToken cancellation)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        // The store holds only objects with our labels: one that is not in it may be there all the same, and only the API server knows.
        T? observed = store.Get(key);
        string kind = ResourceKind.Of<T>().Kind;
        return Conflict(mock, kind, observed is not null ? observed : await client.GetAsync<MetadataOf<T>>(key, cancellation));
    }

    private static Unresolved? Conflict(MockServer mock, string kind, IKubernetesObject<V1ObjectMeta>? observed)
    {
        if (observed is null || ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
        {
            return null;
        }

        // A mock that was deleted and made again at once meets the children of the old one: the garbage collector is about to remove them.
        bool isLeftOver = observed.Metadata.OwnerReferences?.Any(owner => owner.Kind == MockServer.KubeKind && owner.Name == mock.Metadata.Name) == true;
        return isLeftOver
            ? new Unresolved(MockConditions.Progressing, $"waiting until the {kind} '{observed.Metadata.Name}' of an earlier MockServer of this name is removed")
            : new Unresolved(
                MockConditions.NameConflict,
                $"the {kind} '{observed.Metadata.Name}' exists and does not belong to this MockServer: remove it, or give the mock another name");
    }

    private static string KeyOf(MockServer mock) => OperatorStores.In(mock.Metadata.NamespaceProperty, mock.Metadata.Name);
}
