using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Conditions;
using MockOperator.Operator.Content;
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
            ? CollectionStatusBuilder.Invalid(whole, string.Join("; ", problems), time.GetUtcNow())
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
        var versions = new List<DescribedVersion>();
        foreach ((string tag, ICollectionSource source) in Sources(collection.Spec!))
        {
            DescribedVersion? described = memory.Described(key, fingerprint, tag);
            if (described is null)
            {
                if (await preparer.PrepareAsync(Request(collection, tag, source), cancellation) is not { } prepared)
                {
                    return null;
                }

                described = new DescribedVersion(Describe(tag, prepared), prepared.Problem, HoldsContent: source.ConfigMapKeyRef is null);
                memory.Describe(key, fingerprint, tag, described);
            }

            versions.Add(described);
        }

        return CollectionStatusBuilder.Build(collection, versions, time.GetUtcNow());
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
            JsonSerializer.SerializeToElement(status with { Conditions = ConditionList.Sorted(status.Conditions) }, ResourceJson.Default.CollectionStatus),
            JsonSerializer.SerializeToElement(whole.Status with { Conditions = ConditionList.Sorted(whole.Status.Conditions) }, ResourceJson.Default.CollectionStatus));
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
        string? told = whole.Status?.Conditions?.FirstOrDefault(static condition => condition.Type == SummaryConditions.Ready)?.Reason;
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
