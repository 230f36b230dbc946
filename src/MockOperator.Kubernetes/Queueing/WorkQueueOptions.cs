namespace MockOperator.Kubernetes.Queueing;

/// <summary>How a work queue paces retries.</summary>
public sealed record WorkQueueOptions
{
    /// <summary>Waits of a key that fails again and again.</summary>
    public Backoff Backoff { get; init; } = Backoff.OfKeys;

    /// <summary>Retries a second over all keys, beyond the burst.</summary>
    public double RetriesPerSecond { get; init; } = 50;

    /// <summary>Retries let through at once after a calm.</summary>
    public int RetryBurst { get; init; } = 100;
}
