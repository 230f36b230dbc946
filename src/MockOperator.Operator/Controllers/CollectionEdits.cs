using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Stores;

namespace MockOperator.Operator.Controllers;

/// <summary>
/// Wakes the mocks of a collection when a ConfigMap that the collection refers to changes. Nothing of it shows in the collection, and its status may be long in coming.
/// </summary>
public sealed class CollectionEdits(OperatorStores stores, EntityQueue<MockServer> mocks, TimeProvider time) : ILeaderTask
{
    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        stores.ConfigMaps.Changed += OnConfigMap;
        try
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            // The usual end.
        }
        finally
        {
            stores.ConfigMaps.Changed -= OnConfigMap;
        }
    }

    private void OnConfigMap(StoreChange<MetadataOf<V1ConfigMap>> change)
    {
        foreach (Collection collection in stores.Collections.ByIndex(OperatorStores.ByConfigMap, OperatorStores.In(change.Key.Namespace, change.Key.Name)))
        {
            foreach (MockServer mock in stores.Mocks.ByIndex(OperatorStores.ByCollection, OperatorStores.In(change.Key.Namespace, collection.Metadata.Name)))
            {
                mocks(ObjectKey.Of(mock));
            }
        }
    }
}
