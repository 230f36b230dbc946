using System.Text.Json;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Writes the URL of a mock where its spec asks for it, and takes it back from where it no longer does.</summary>
public sealed class UrlPublisher(ResourceClient client, OperatorStores stores)
{
    private const string Refused = "PublishRefused";

    /// <summary>Publishes, and takes back what was published elsewhere.</summary>
    /// <returns>Why the URL could not be published, or null.</returns>
    public async Task<Unresolved?> PublishAsync(MockServer mock, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ConfigMapKeyReference? target = mock.Spec?.PublishUrl?.ConfigMapKeyRef;
        await RetractAsync(ObjectKey.Of(mock), target?.Name, cancellation);
        if (target is null)
        {
            return null;
        }

        MetadataOf<V1ConfigMap>? observed = stores.ConfigMaps.Get(mock.Metadata.NamespaceProperty, target.Name);
        if (observed is not null && IsPublished(mock, target, observed))
        {
            return null;
        }

        if (observed is not null && Obstacle(mock, target, observed) is { } obstacle)
        {
            return obstacle;
        }

        try
        {
            bool isOurs = observed is null || IsOurs(observed);
            var options = new ApplyOptions { FieldManager = PublishedUrl.FieldManager(mock.Metadata.Name) };
            await client.ApplyAsync(PublishedUrl.Build(mock, target, isOurs), options, cancellation);
            return null;
        }
        catch (ApiException refused) when (refused.Kind is ApiFailure.Invalid or ApiFailure.Rejected)
        {
            return new Unresolved(Refused, $"ConfigMap '{target.Name}': {refused.Error.Message}");
        }
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

    private async Task RetractFromAsync(ObjectKey mock, MetadataOf<V1ConfigMap> map, CancellationToken cancellation)
    {
        ObjectKey key = ObjectKey.Of(map);
        V1ConfigMap? live = await client.GetAsync<V1ConfigMap>(key, cancellation);
        if (live is null)
        {
            return;
        }

        string published = live.Metadata.Annotations?.TryGetValue(PublishedUrl.Annotation(mock.Name), out string? text) == true ? text.Split('=')[0] : "";
        bool holdsNothingElse = (live.BinaryData is null || live.BinaryData.Count == 0) && (live.Data?.Keys.All(name => name == published) ?? true);
        try
        {
            if (IsOurs(map) && holdsNothingElse)
            {
                await client.DeleteAsync<V1ConfigMap>(key, new DeletePreconditions(live.Metadata.Uid, live.Metadata.ResourceVersion), cancellation);
            }
            else
            {
                var options = new ApplyOptions { FieldManager = PublishedUrl.FieldManager(mock.Name) };
                await client.ApplyAsync(PublishedUrl.Retraction(key.Namespace, key.Name), options, cancellation);
            }
        }
        catch (ApiException refused) when (refused.Kind is ApiFailure.Invalid or ApiFailure.Rejected)
        {
            // The ConfigMap has been made immutable: what is in it stays.
        }
    }

    private static Unresolved? Obstacle(MockServer mock, ConfigMapKeyReference target, MetadataOf<V1ConfigMap> observed)
    {
        if (observed.Metadata.Labels?.ContainsKey(ChildLabels.Mock) == true)
        {
            return new Unresolved(Refused, $"ConfigMap '{target.Name}' carries the bundle of a mock: name another one");
        }

        string? other = observed.Metadata.Annotations?
            .Where(pair => pair.Key.StartsWith(ChildLabels.PublishPrefix, StringComparison.Ordinal)
                && pair.Key != PublishedUrl.Annotation(mock.Metadata.Name)
                && pair.Value.StartsWith(target.Key + "=", StringComparison.Ordinal))
            .Select(static pair => pair.Key[ChildLabels.PublishPrefix.Length..])
            .FirstOrDefault();
        return other is null
            ? null
            : new Unresolved("PublishConflict", $"key '{target.Key}' of ConfigMap '{target.Name}' already holds the URL of MockServer '{other}': name another key");
    }

    private static bool IsPublished(MockServer mock, ConfigMapKeyReference target, MetadataOf<V1ConfigMap> observed)
    {
        if (observed.Metadata.Annotations is not { } annotations
            || !annotations.TryGetValue(PublishedUrl.Annotation(mock.Metadata.Name), out string? value)
            || value != PublishedUrl.AnnotationValue(mock, target.Key))
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

    private static bool IsOurs(MetadataOf<V1ConfigMap> map) =>
        map.Metadata.Labels is { } labels
        && labels.TryGetValue(ChildLabels.Component, out string? component)
        && component == ChildLabels.PublishedUrlComponent;
}
