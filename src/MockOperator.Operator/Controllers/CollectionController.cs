using System.Globalization;
using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Mocking.Serving;
using MockOperator.Operator.Content;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Tells of each version of a collection what was understood of it. It creates nothing: mocks read the collection themselves.</summary>
public sealed class CollectionController(
    ResourceClient client,
    CollectionSourceReader sources,
    OperatorStores stores,
    CollectionMemory memory,
    EntityQueue<MockServer> mocks,
    EventPublisher events,
    TimeProvider time) : IEntityController<Collection>
{
    private const string Ready = "Ready";

    /// <inheritdoc/>
    public async Task<ReconciliationResult<Collection>> ReconcileAsync(Collection entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        if (entity.Metadata.DeletionTimestamp is not null || entity.Spec is null)
        {
            return ReconciliationResult<Collection>.Success(entity);
        }

        string fingerprint = FingerprintOf(entity);
        if (memory.IsKnown(ObjectKey.Of(entity), fingerprint))
        {
            return ReconciliationResult<Collection>.Success(entity);
        }

        // What a referenced ConfigMap says may have changed with nothing to show for it in this object, by which its mocks would be woken.
        foreach (MockServer mock in stores.Mocks.ByIndex(OperatorStores.ByCollection, OperatorStores.In(entity.Metadata.NamespaceProperty, entity.Metadata.Name)))
        {
            mocks(ObjectKey.Of(mock));
        }

        Collection? whole = entity.IsTrimmed ? await client.GetAsync<Collection>(ObjectKey.Of(entity), cancellationToken) : entity;
        if (whole?.Spec is null)
        {
            return ReconciliationResult<Collection>.Success(entity);
        }

        IReadOnlyList<SpecProblem> problems = CollectionRules.Check(whole.Spec);
        CollectionStatus status = problems.Count > 0
            ? Status(whole, [], new Unresolved(MockConditions.InvalidSpec, string.Join("; ", problems)))
            : await LoadAsync(whole, cancellationToken);
        await WriteAsync(entity, whole, status, cancellationToken);
        memory.Remember(ObjectKey.Of(entity), fingerprint);
        return problems.Count > 0
            ? ReconciliationResult<Collection>.Terminal(entity, status.Conditions![0].Message)
            : ReconciliationResult<Collection>.Success(entity);
    }

    /// <inheritdoc/>
    public Task<ReconciliationResult<Collection>> DeletedAsync(Collection entity, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entity);
        memory.Forget(ObjectKey.Of(entity));
        return Task.FromResult(ReconciliationResult<Collection>.Success(entity));
    }

    private async Task<CollectionStatus> LoadAsync(Collection collection, CancellationToken cancellation)
    {
        var versions = new List<CollectionVersionStatus>();
        Unresolved? problem = null;
        foreach ((string tag, ICollectionSource source) in Sources(collection.Spec!))
        {
            (CollectionVersionStatus version, Unresolved? lost) = await sources.ReadAsync(
                collection.Metadata.NamespaceProperty, collection.Metadata.Name, source, content => (Describe(tag, content), content.Problem), cancellation);
            versions.Add(version);
            problem ??= lost is null ? null : lost with { Message = $"{tag}: {lost.Message}" };
        }

        return Status(collection, versions, problem);
    }

    private CollectionStatus Status(Collection collection, List<CollectionVersionStatus> versions, Unresolved? problem)
    {
        int examples = versions.Count == 0 ? 0 : versions[0].Examples;
        int skipped = versions.Sum(static version => version.Skipped ?? 0);
        var conditions = new ConditionList(collection.Status?.Conditions, collection.Metadata.Generation, time.GetUtcNow());
        _ = problem is not null
            ? conditions.Set(Ready, holds: false, problem.Reason, problem.Message)
            : conditions.Set(Ready, holds: true, "Loaded", string.Create(
                CultureInfo.InvariantCulture,
                $"examples in CURRENT: {examples}, other versions: {versions.Count - 1}, places not understood: {skipped}"));
        return new CollectionStatus
        {
            ObservedGeneration = collection.Metadata.Generation,
            Conditions = conditions.Conditions,
            Examples = examples,
            Skipped = skipped,
            Versions = versions.Count == 0 ? null : versions,
        };
    }

    private static CollectionVersionStatus Describe(string tag, CollectionContent content)
    {
        if (content.Loaded is null)
        {
            return new CollectionVersionStatus { Tag = tag };
        }

        MockPlan plan = MockPlan.Compile(content.Loaded, new Dictionary<string, string>(StringComparer.Ordinal), new MockPlanOptions());
        return new CollectionVersionStatus
        {
            Tag = tag,
            Examples = plan.ExampleCount,
            Shadowed = plan.ShadowedCount,
            Skipped = plan.Issues.Count(static issue => issue.Severity != LoadIssueSeverity.Warning),
            Issues = IssueText.ForStatus(plan.Issues),
        };
    }

    private async Task WriteAsync(Collection entity, Collection whole, CollectionStatus status, CancellationToken cancellation)
    {
        bool isSame = whole.Status is not null && JsonElement.DeepEquals(
            JsonSerializer.SerializeToElement(status, ResourceJson.Default.CollectionStatus),
            JsonSerializer.SerializeToElement(whole.Status, ResourceJson.Default.CollectionStatus));
        if (isSame)
        {
            return;
        }

        var body = new Collection
        {
            Metadata = new V1ObjectMeta { Name = entity.Metadata.Name, NamespaceProperty = entity.Metadata.NamespaceProperty },
            Status = status,
        };
        await client.ApplyStatusAsync(body, cancellationToken: cancellation);
        Condition ready = status.Conditions![0];
        string? told = whole.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == Ready)?.Reason;
        if (told != ready.Reason)
        {
            await events(entity, ready.Reason, ready.Message, ready.Status == ConditionStatus.True ? EventType.Normal : EventType.Warning, cancellation);
        }
    }

    private string FingerprintOf(Collection collection)
    {
        IEnumerable<string> maps = ReferencedConfigMaps.Of(collection.Spec!)
            .Select(name => stores.ConfigMaps.Get(collection.Metadata.NamespaceProperty, name))
            .Select(static map => $"{map?.Metadata.Uid}/{map?.Metadata.ResourceVersion}");
        return string.Join(' ', maps.Prepend($"{collection.Metadata.Uid}/{collection.Metadata.Generation}"));
    }

    private static IEnumerable<(string Tag, ICollectionSource Source)> Sources(CollectionSpec spec) =>
        (spec.Versions ?? []).Select(static version => (version.Tag, (ICollectionSource)version)).Prepend((CollectionSpec.CurrentVersion, spec));
}
