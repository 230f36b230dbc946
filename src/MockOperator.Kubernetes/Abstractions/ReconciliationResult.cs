using System.Diagnostics.CodeAnalysis;

namespace MockOperator.Kubernetes.Abstractions;

/// <summary>What one reconcile came to, and when to look again.</summary>
/// <typeparam name="TEntity">The primary kind.</typeparam>
[SuppressMessage("Design", "CA1000", Justification = "The shape of KubeOps' type of the same name, so that controllers move without a change.")]
public sealed record ReconciliationResult<TEntity>
{
    private ReconciliationResult(TEntity entity) => Entity = entity;

    /// <summary>The object that was reconciled.</summary>
    public TEntity Entity { get; }

    /// <summary>Whether the object needs no retry because of an error.</summary>
    public bool IsSuccess => ErrorMessage is null;

    /// <summary>Whether a retry cannot help until the object, or something it refers to, changes.</summary>
    public bool IsTerminal { get; private init; }

    /// <summary>What went wrong; null on success.</summary>
    public string? ErrorMessage { get; private init; }

    /// <summary>The fault behind <see cref="ErrorMessage"/>, when there is one.</summary>
    public Exception? Error { get; private init; }

    /// <summary>When to look again although nothing changed; null for never (success) or by the growing delay of retries (failure).</summary>
    public TimeSpan? RequeueAfter { get; init; }

    /// <summary>Desired and observed state agree, or all that could be done now was done.</summary>
    /// <param name="entity">The object.</param>
    /// <param name="requeueAfter">When to look again; null for only when something changes.</param>
    /// <returns>The result.</returns>
    public static ReconciliationResult<TEntity> Success(TEntity entity, TimeSpan? requeueAfter = null) => new(entity) { RequeueAfter = requeueAfter };

    /// <summary>Something failed that a retry may cure.</summary>
    /// <param name="entity">The object.</param>
    /// <param name="errorMessage">What failed, where, and what to do. Never a Secret's value: it is logged.</param>
    /// <param name="error">The fault, when there is one.</param>
    /// <param name="requeueAfter">A fixed delay instead of the growing one.</param>
    /// <returns>The result.</returns>
    public static ReconciliationResult<TEntity> Failure(TEntity entity, string errorMessage, Exception? error = null, TimeSpan? requeueAfter = null) =>
        new(entity) { ErrorMessage = errorMessage, Error = error, RequeueAfter = requeueAfter };

    /// <summary>The desired state itself is wrong: no retry until something changes.</summary>
    /// <param name="entity">The object.</param>
    /// <param name="errorMessage">What is wrong, where, and what to do. Never a Secret's value: it is logged.</param>
    /// <returns>The result.</returns>
    public static ReconciliationResult<TEntity> Terminal(TEntity entity, string errorMessage) =>
        new(entity) { ErrorMessage = errorMessage, IsTerminal = true };
}
