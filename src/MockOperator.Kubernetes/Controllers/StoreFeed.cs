using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Makes sources of a controller from stores.</summary>
public static class StoreFeed
{
    /// <summary>Wakes the objects that a change maps to. Initial lists wake at low priority.</summary>
    /// <typeparam name="TOther">The type of the store's objects.</typeparam>
    /// <param name="store">The store.</param>
    /// <param name="when">Which changes matter; null for all.</param>
    /// <param name="map">From a change to the objects to wake.</param>
    /// <param name="debounce">Changes within this time become one reconcile; zero for at once.</param>
    /// <returns>The source.</returns>
    public static ControllerSource Of<TOther>(
        ResourceStore<TOther> store, Func<StoreChange<TOther>, bool>? when, Func<StoreChange<TOther>, IEnumerable<ObjectKey>> map, TimeSpan debounce)
        where TOther : class, IKubernetesObject<V1ObjectMeta> => enqueue =>
        {
            void OnChanged(StoreChange<TOther> change)
            {
                if (when is not null && !when(change))
                    return;
                foreach (var key in map(change).Distinct())
                    enqueue(key, debounce, change.IsInitial ? QueuePriority.Low : QueuePriority.Normal);
            }

            store.Changed += OnChanged;
            return new Subscription(() => store.Changed -= OnChanged);
        };

    /// <summary>Wakes objects when a store comes to another state.</summary>
    /// <param name="store">The store.</param>
    /// <param name="map">The objects to wake.</param>
    /// <returns>The source.</returns>
    public static ControllerSource OfState(ResourceStore store, Func<IEnumerable<ObjectKey>> map)
    {
        ArgumentNullException.ThrowIfNull(store);
        return enqueue =>
        {
            void OnState(StoreState state)
            {
                foreach (var key in map().Distinct())
                    enqueue(key, TimeSpan.Zero, QueuePriority.Normal);
            }

            store.StateChanged += OnState;
            return new Subscription(() => store.StateChanged -= OnState);
        };
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
