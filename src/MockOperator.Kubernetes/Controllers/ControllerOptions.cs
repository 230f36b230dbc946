using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Kubernetes.Controllers;

/// <summary>How one controller works.</summary>
public sealed record ControllerOptions
{
    /// <summary>The name in logs and metrics.</summary>
    public required string Name { get; init; }

    /// <summary>Reconciles at a time, 1 to 64. The work waits for the server, so more than cores is right.</summary>
    public int Workers { get; init; } = 8;

    /// <summary>The longest reconcile.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Every object is looked at again after this time, at low priority and spread by 10 %: a safety net, not a mechanism.</summary>
    public TimeSpan Resync { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Spreads the resyncs of several controllers; seed it to repeat a run.</summary>
    public Random Random { get; init; } = Random.Shared;

    /// <summary>How retries are paced.</summary>
    public WorkQueueOptions Queue { get; init; } = new();

    /// <summary>How long running reconciles may go on after a stop or loss of leadership before they are left behind.</summary>
    public TimeSpan DrainTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
