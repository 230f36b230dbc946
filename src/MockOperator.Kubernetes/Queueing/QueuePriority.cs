namespace MockOperator.Kubernetes.Queueing;

/// <summary>Which waiting keys go first.</summary>
public enum QueuePriority
{
    /// <summary>Initial lists and resync: after everything that happened.</summary>
    Low = -100,

    /// <summary>Something happened.</summary>
    Normal = 0,
}
