namespace MockOperator.Kubernetes.Abstractions;

/// <summary>Work beside the controllers that only the leader does.</summary>
public interface ILeaderTask
{
    /// <summary>Runs while this process leads. Ending before the token is cancelled is allowed; a fault stops the process.</summary>
    /// <param name="cancellationToken">Cancelled on loss of leadership and on stop.</param>
    /// <returns>A task that ends when the work has ended.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
