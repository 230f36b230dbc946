namespace MockOperator.Kubernetes.Controllers;

/// <summary>A controller's loop, whatever its kind.</summary>
public interface IControllerLoop
{
    /// <summary>The name in logs and metrics.</summary>
    string Name { get; }

    /// <summary>How long the longest reconcile under way has been running.</summary>
    TimeSpan LongestReconcile { get; }

    /// <summary>The longest that a reconcile should run.</summary>
    TimeSpan Timeout { get; }

    /// <summary>Reconciles until cancelled; then lets running reconciles end.</summary>
    /// <param name="cancellationToken">Cancelled on loss of leadership and on stop.</param>
    /// <returns>A task that ends when no reconcile runs any more.</returns>
    Task RunAsync(CancellationToken cancellationToken);
}
