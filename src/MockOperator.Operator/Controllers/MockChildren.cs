using System.Text.Json;
using k8s;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Operator.Bundles;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Controllers;

/// <summary>Applies the children of a mock: what differs and no more, and never over somebody else's object.</summary>
public sealed class MockChildren(ResourceClient client, AppliedTokens applied, OperatorStores stores, BundleKeeper bundles, RuntimeSettings settings)
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
        if (NameConflict.Of(mock, "ConfigMap", bundles.FindForeign(mock, [ChildNames.Bundle(mock.Metadata.Name, 0)])) is { } seen)
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
            () => mock.Spec?.Quota is null ? Task.FromResult<Unresolved?>(null) : ConflictAsync(mock, stores.Quotas, new ObjectKey(ns, ChildNames.Quota(mock.Metadata.Name)), cancellation),
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

    /// <summary>Creates the Secret with the key of a private mock unless there is one. What is in an existing one is neither read nor changed.</summary>
    public async Task EnsureApiKeyAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        _ = await client.CreateIfAbsentAsync(ApiKeySecret.Build(mock), cancellation);
    }

    /// <summary>Applies the quota of the mock alone, or removes it when the spec no longer asks for it.</summary>
    /// <returns>False when it is so new that the store has yet to see it, which wakes the mock: pods must not serve without counting meanwhile.</returns>
    public async Task<bool> ApplyQuotaAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        var key = new ObjectKey(mock.Metadata.NamespaceProperty, ChildNames.Quota(mock.Metadata.Name));
        MockQuota? observed = stores.Quotas.Get(key);
        if (mock.Spec?.Quota is { } quota)
        {
            await applied.ApplyAsync(MockQuotaBuilder.Build(mock, quota), observed, cancellation);
            return observed is not null;
        }

        if (observed is { Metadata.DeletionTimestamp: null } && ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
        {
            await client.DeleteAsync<MockQuota>(key, new DeletePreconditions(observed.Metadata.Uid), cancellation);
        }

        return true;
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
        DeploymentShape shape = new DeploymentShape(Math.Max(BundleSlots.RoomFor(content.ConfigMaps), bundles.RoomOf(mock)), content.MemoryStep, [.. content.Secrets, ApiKeySecret.Mount(mock)])
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
            await client.MergePatchAsync<V1Service>(ObjectKey.Of(desired), JsonSerializer.SerializeToUtf8Bytes(ports, ApiJson.TypeOf<V1Service>(client.Json)), cancellation);
            await applied.ApplyAsync(desired, observed, cancellation);
        }
    }

    private async Task<Unresolved?> ConflictAsync<T>(MockServer mock, ResourceStore<T> store, ObjectKey key, CancellationToken cancellation)
        where T : class, IKubernetesObject<V1ObjectMeta>
    {
        // Most stores hold only objects with our labels, and any may be a moment behind: what is not in it may be there all the same, and only the API server knows.
        T? observed = store.Get(key);
        string kind = ResourceKind.Of<T>().Kind;
        return NameConflict.Of(mock, kind, observed is not null ? observed : await client.GetAsync<MetadataOf<T>>(key, cancellation));
    }
}
