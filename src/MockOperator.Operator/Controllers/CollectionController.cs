using System.Globalization;
using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Content;
using MockOperator.Operator.Kinds;
using MockOperator.Operator.Stores;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Tells of each version of a collection what was understood of it. It creates nothing: mocks read the collection themselves.</summary>
public sealed class CollectionController(
    ResourceClient client,
    CollectionPreparer preparer,
    OperatorStores stores,
    CollectionMemory memory,
    EntityQueue<Collection> queue,
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

        Collection? whole = entity.IsTrimmed ? await client.GetAsync<Collection>(ObjectKey.Of(entity), cancellationToken) : entity;
        if (whole?.Spec is null)
        {
            return ReconciliationResult<Collection>.Success(entity);
        }

        IReadOnlyList<SpecProblem> problems = CollectionRules.Check(whole.Spec);
        CollectionStatus? status = problems.Count > 0
            ? Status(whole, [], new Unresolved(MockConditions.InvalidSpec, string.Join("; ", problems)))
            : await LoadAsync(whole, fingerprint, cancellationToken);
        if (status is null)
        {
            // Others' large collections are read first; the collection is queued when its turn has come.
            return ReconciliationResult<Collection>.Success(entity);
        }

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
        preparer.Forget(entity.Metadata.NamespaceProperty, ReaderOf(ObjectKey.Of(entity)));
        return Task.FromResult(ReconciliationResult<Collection>.Success(entity));
    }

    /// <summary>Loads one version after the other. Those that were loaded before a turn had to be waited for are not loaded again.</summary>
    private async Task<CollectionStatus?> LoadAsync(Collection collection, string fingerprint, CancellationToken cancellation)
    {
        ObjectKey key = ObjectKey.Of(collection);
        var versions = new List<CollectionVersionStatus>();
        Unresolved? problem = null;
        foreach ((string tag, ICollectionSource source) in Sources(collection.Spec!))
        {
            DescribedVersion? described = memory.Described(key, fingerprint, tag);
            if (described is null)
            {
                if (await preparer.PrepareAsync(Request(collection, tag, source), cancellation) is not { } prepared)
                {
                    return null;
                }

                described = new DescribedVersion(Describe(tag, prepared), prepared.Problem);
                memory.Describe(key, fingerprint, tag, described);
            }

            versions.Add(described.Status);
            problem ??= described.Problem is { } lost ? lost with { Message = $"{tag}: {lost.Message}" } : null;
        }

        return Status(collection, versions, problem);
    }

    private CollectionRequest Request(Collection collection, string tag, ICollectionSource source)
    {
        ObjectKey key = ObjectKey.Of(collection);
        return new CollectionRequest
        {
            Namespace = key.Namespace,
            Reader = ReaderOf(key),
            Name = key.Name,
            Source = source,
            ReadWhole = _ => Task.FromResult<ICollectionSource?>(source),
            Versions = ContentVersions.Of(key.Namespace, source, MockContentBuilder.InlineVersionOf(collection, tag), stores.ConfigMaps),
            Wake = () => queue(key),
        };
    }

    private static string ReaderOf(ObjectKey collection) => $"{Collection.KubeKind} {collection}";

    private CollectionStatus Status(Collection collection, List<CollectionVersionStatus> versions, Unresolved? problem)
    {
        int examples = versions.Count == 0 ? 0 : versions[0].ExampleCount;
        int skipped = versions.Sum(static version => version.SkippedCount ?? 0);
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
            ExampleCount = examples,
            SkippedCount = skipped,
            ShadowedCount = versions.Count == 0 ? 0 : versions[0].ShadowedCount ?? 0,
            Versions = versions.Count == 0 ? null : versions,
        };
    }

    private static CollectionVersionStatus Describe(string tag, PreparedCollection prepared) => !prepared.IsRead
        ? new CollectionVersionStatus { Tag = tag }
        : new CollectionVersionStatus
        {
            Tag = tag,
            ExampleCount = prepared.ExampleCount,
            ShadowedCount = prepared.ShadowedCount,
            SkippedCount = prepared.Skipped,
            Issues = prepared.Issues,
        };

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
