using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Asks for a reconcile of an object, now or later. Only its key is queued; while this process does not lead, nothing happens, for a new leader looks at everything.</summary>
/// <typeparam name="TEntity">The primary kind.</typeparam>
/// <param name="key">The object.</param>
/// <param name="delay">How long to wait; null for at once.</param>
public delegate void EntityQueue<TEntity>(ObjectKey key, TimeSpan? delay = null)
    where TEntity : class, IKubernetesObject<V1ObjectMeta>;
