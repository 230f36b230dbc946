using k8s;
using k8s.Models;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Brings the world in line with one object's desired state.</summary>
/// <remarks>
/// Level-based: it is told which object to look at, never which event happened, and may be called at any time, any number of times. An exception or
/// <see cref="ReconciliationResult{TEntity}.Failure"/> means "again, later" with growing delays; no failure is ever forgotten.
/// One object is never reconciled by two workers at once (I1); a new instance is resolved from its own scope for each call.
/// </remarks>
/// <typeparam name="TEntity">The primary kind.</typeparam>
public interface IEntityController<TEntity>
    where TEntity : class, IKubernetesObject<V1ObjectMeta>
{
    /// <summary>Reconciles one object as the store has it. The instance is shared: do not change it.</summary>
    /// <param name="entity">The current object, at least as new as this controller's own last write to it.</param>
    /// <param name="cancellationToken">Cancelled at the reconcile's time-out, on loss of leadership and on stop.</param>
    /// <returns>What to do next.</returns>
    Task<ReconciliationResult<TEntity>> ReconcileAsync(TEntity entity, CancellationToken cancellationToken);

    /// <summary>
    /// Told of an object that is gone, with its last known state. Best effort: not called for an object that disappeared while no leader ran, so nothing
    /// that matters may depend on it; owner references remove children. Good for forgetting what was kept in memory.
    /// </summary>
    /// <param name="entity">The last known state.</param>
    /// <param name="cancellationToken">As for <see cref="ReconcileAsync"/>.</param>
    /// <returns>The outcome; a failure is retried.</returns>
    Task<ReconciliationResult<TEntity>> DeletedAsync(TEntity entity, CancellationToken cancellationToken) =>
        Task.FromResult(ReconciliationResult<TEntity>.Success(entity));
}
