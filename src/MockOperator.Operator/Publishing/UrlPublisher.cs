using System.Text.Json;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Exposure;
using MockOperator.Operator.Stores;
using MockOperator.Resources;

namespace MockOperator.Operator.Publishing;

/// <summary>
/// Writes the URL of a mock where its spec asks for it, and takes it back from where it no longer does. A key that belongs to somebody else is neither overwritten nor
/// removed, and nobody who restores a ConfigMap is fought.
/// </summary>
public sealed class UrlPublisher(ResourceClient client, OperatorStores stores, TimeProvider time)
{
    /// <summary>Publishes, and takes back what was published elsewhere.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="exposure">What came of exposing it; null when its spec does not ask for it.</param>
    /// <param name="attempts">What became of it before.</param>
    /// <param name="cancellation">Ends the calls.</param>
    public async Task<PublishOutcome> PublishAsync(MockServer mock, ExposureOutcome? exposure, PublishAttempts attempts, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(attempts);
        ConfigMapKeyReference? target = mock.Spec?.PublishUrl?.ConfigMap;
        try
        {
            await RetractAsync(ObjectKey.Of(mock), target?.Name, cancellation);
        }
        catch (ApiException refused) when (refused.IsRefusal)
        {
            return PublishOutcome.Refused($"the URL cannot be taken back from where it was published: {refused.Message}");
        }

        if (target is null)
        {
            return PublishOutcome.Done;
        }

        if (UrlOf(mock, exposure) is not { } url)
        {
            // What was published before stays: applications that start meanwhile would miss it.
            return PublishOutcome.NotExposed($"the mock has no URL outside the cluster yet: {exposure?.Message ?? "its spec asks for none"}");
        }

        attempts.Aim(target, url);
        MetadataOf<V1ConfigMap>? observed = stores.ConfigMaps.Get(mock.Metadata.NamespaceProperty, target.Name);
        DateTimeOffset now = time.GetUtcNow();
        if (attempts.IsBehind(observed?.Metadata.ResourceVersion, now))
        {
            return PublishOutcome.Done;
        }

        if (observed is not null && IsPublished(mock, target, url, observed))
        {
            attempts.Found();
            return PublishOutcome.Done;
        }

        if (observed is not null && Obstacle(mock, target, observed) is { } obstacle)
        {
            return obstacle;
        }

        attempts.Missed(observed is not null && IsAnnotated(mock, target, url, observed), now);
        if (attempts.StillRefused(observed?.Metadata.ResourceVersion, now) is { } still)
        {
            return still;
        }

        return now < attempts.NotBefore && attempts.Undone > 0
            ? PublishOutcome.Conflict(
                $"key '{target.Key}' of ConfigMap '{target.Name}' was removed or changed after it was written: if a controller restores the ConfigMap, name another one")
                with
            { LookAgain = attempts.NotBefore - now }
            : await WriteAsync(mock, target, url, observed?.Metadata, attempts, cancellation);
    }

    /// <summary>Takes back what a mock published, except in one ConfigMap.</summary>
    /// <param name="mock">The mock, which may be gone.</param>
    /// <param name="except">Name of the ConfigMap to leave, or null.</param>
    /// <param name="cancellation">Ends the writing.</param>
    public async Task RetractAsync(ObjectKey mock, string? except, CancellationToken cancellation)
    {
        foreach (MetadataOf<V1ConfigMap> map in stores.ConfigMaps.ByIndex(OperatorStores.ByPublisher, OperatorStores.In(mock.Namespace, mock.Name)))
        {
            if (map.Metadata.Name != except && map.Metadata.DeletionTimestamp is null)
            {
                await RetractFromAsync(mock, map, cancellation);
            }
        }
    }

    /// <summary>Takes back what a mock that is gone published. The server is asked first whether it is gone: the store may be late, or unable to read it.</summary>
    /// <returns>Whether the mock is gone.</returns>
    public async Task<bool> RetractOrphanAsync(ObjectKey mock, CancellationToken cancellation)
    {
        if (stores.ConfigMaps.ByIndex(OperatorStores.ByPublisher, OperatorStores.In(mock.Namespace, mock.Name)).Count > 0
            && await client.GetAsync<MetadataOf<MockServer>>(mock, cancellation) is not null)
        {
            return false;
        }

        await RetractAsync(mock, except: null, cancellation);
        return true;
    }

    private async Task<PublishOutcome> WriteAsync(MockServer mock, ConfigMapKeyReference target, string url, V1ObjectMeta? observed, PublishAttempts attempts, CancellationToken cancellation)
    {
        var options = new ApplyOptions { FieldManager = PublishedUrl.FieldManager(mock.Metadata.Name), Force = false };
        bool isOurs = observed is null || IsOurs(observed);
        try
        {
            V1ConfigMap written = await client.ApplyAsync(PublishedUrl.Build(mock, target, url, isOurs), options, cancellation);
            if (isOurs && !PublishedUrl.IsOfMocksAlone(written.Metadata) && observed is null)
            {
                // Somebody made it a moment ago: it is theirs, and our key in it is all that is ours.
                written = await client.ApplyAsync(PublishedUrl.Build(mock, target, url, isOurs: false), options, cancellation);
            }

            attempts.Wrote(written.Metadata.ResourceVersion, time.GetUtcNow());
            return PublishOutcome.Done;
        }
        catch (ApiException conflict) when (conflict.Kind == ApiFailure.Conflict)
        {
            var problem = PublishOutcome.Conflict(
                $"key '{target.Key}' of ConfigMap '{target.Name}' belongs to somebody else, who keeps it: name another key, or remove it there. The API server says: {conflict.Error.Message}");
            return attempts.Refused(problem, observed?.ResourceVersion, waitsForChange: observed is not null, time.GetUtcNow());
        }
        catch (ApiException refused) when (refused.IsRefusal)
        {
            return attempts.Refused(PublishOutcome.Refused($"ConfigMap '{target.Name}': {refused.Message}"), observed?.ResourceVersion, waitsForChange: false, time.GetUtcNow());
        }
    }

    private async Task RetractFromAsync(ObjectKey mock, MetadataOf<V1ConfigMap> map, CancellationToken cancellation)
    {
        ObjectKey key = ObjectKey.Of(map);
        V1ConfigMap? live = await client.GetAsync<V1ConfigMap>(key, cancellation);
        if (live is null || live.Metadata.Uid != map.Metadata.Uid)
        {
            // Gone, or made anew: the store will tell what that one holds.
            return;
        }

        string published = live.Metadata.Annotations?.TryGetValue(PublishedUrl.Annotation(mock.Name), out string? text) == true ? text.Split('=')[0] : "";
        bool holdsNothingElse = (live.BinaryData is null || live.BinaryData.Count == 0) && (live.Data?.Keys.All(name => name == published) ?? true);
        try
        {
            if (IsOurs(live.Metadata) && holdsNothingElse && PublishedUrl.IsOfMocksAlone(live.Metadata))
            {
                await client.DeleteAsync<V1ConfigMap>(key, new DeletePreconditions(live.Metadata.Uid, live.Metadata.ResourceVersion), cancellation);
            }
            else
            {
                var options = new ApplyOptions { FieldManager = PublishedUrl.FieldManager(mock.Name), Force = false };
                await client.ApplyAsync(PublishedUrl.Retraction(live.Metadata), options, cancellation);
            }
        }
        catch (ApiException refused) when (refused.Kind is ApiFailure.Invalid or ApiFailure.Rejected or ApiFailure.NotFound)
        {
            // The ConfigMap has been made immutable, or is gone: what is in it stays.
        }
    }

    private static string? UrlOf(MockServer mock, ExposureOutcome? exposure) => mock.Spec?.PublishUrl?.Address == PublishedAddress.External
        ? exposure is { Status: ConditionStatus.True } ? exposure.Url : null
        : ChildNames.Url(mock.Metadata.Name, mock.Metadata.NamespaceProperty);

    private static PublishOutcome? Obstacle(MockServer mock, ConfigMapKeyReference target, MetadataOf<V1ConfigMap> observed)
    {
        if (observed.Metadata.Labels?.ContainsKey(ChildLabels.Mock) == true)
        {
            return PublishOutcome.Refused($"ConfigMap '{target.Name}' carries the bundle of a mock: name another one");
        }

        string? other = observed.Metadata.Annotations?
            .Where(pair => pair.Key.StartsWith(ChildLabels.PublishPrefix, StringComparison.Ordinal)
                && pair.Key != PublishedUrl.Annotation(mock.Metadata.Name)
                && pair.Value.StartsWith(target.Key + "=", StringComparison.Ordinal))
            .Select(static pair => pair.Key[ChildLabels.PublishPrefix.Length..])
            .FirstOrDefault();
        return other is null
            ? null
            : PublishOutcome.Conflict($"key '{target.Key}' of ConfigMap '{target.Name}' already holds the URL of MockServer '{other}': name another key");
    }

    private static bool IsAnnotated(MockServer mock, ConfigMapKeyReference target, string url, MetadataOf<V1ConfigMap> observed) =>
        observed.Metadata.Annotations is { } annotations
        && annotations.TryGetValue(PublishedUrl.Annotation(mock.Metadata.Name), out string? value)
        && value == PublishedUrl.AnnotationValue(target.Key, url);

    private static bool IsPublished(MockServer mock, ConfigMapKeyReference target, string url, MetadataOf<V1ConfigMap> observed)
    {
        if (!IsAnnotated(mock, target, url, observed))
        {
            return false;
        }

        // While the mock's field manager owns the key, nobody else has changed it.
        string manager = PublishedUrl.FieldManager(mock.Metadata.Name);
        V1ManagedFieldsEntry? entry = observed.Metadata.ManagedFields?.FirstOrDefault(candidate => candidate.Manager == manager);
        if (entry?.FieldsV1 is not byte[] json)
        {
            return false;
        }

        using JsonDocument fields = JsonDocument.Parse(json);
        return fields.RootElement.ValueKind == JsonValueKind.Object && fields.RootElement.TryGetProperty("f:data", out JsonElement data) && data.TryGetProperty("f:" + target.Key, out _);
    }

    private static bool IsOurs(V1ObjectMeta map) =>
        map.Labels is { } labels
        && labels.TryGetValue(ChildLabels.Component, out string? component)
        && component == ChildLabels.PublishedUrlComponent;
}
