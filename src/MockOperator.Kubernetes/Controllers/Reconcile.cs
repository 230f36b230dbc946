using k8s;
using k8s.Models;
using MockOperator.Kubernetes.Abstractions;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>Calls a controller for one object.</summary>
/// <typeparam name="T">The primary kind.</typeparam>
/// <param name="entity">The object, or of a deleted one the last state.</param>
/// <param name="deleted">Whether it is gone.</param>
/// <param name="cancellationToken">Ends the call.</param>
/// <returns>The outcome.</returns>
public delegate Task<ReconciliationResult<T>> Reconcile<T>(T entity, bool deleted, CancellationToken cancellationToken)
    where T : class, IKubernetesObject<V1ObjectMeta>;
