namespace MockOperator.Client.Workloads;

/// <summary>How far a Deployment is.</summary>
public sealed class DeploymentStatus
{
    /// <summary>The generation of which this is said.</summary>
    public long? ObservedGeneration { get; set; }

    /// <summary>Pods of the newest template.</summary>
    public int? UpdatedReplicas { get; set; }

    /// <summary>Pods that are ready.</summary>
    public int? ReadyReplicas { get; set; }

    /// <summary>Pods that have been ready for as long as it takes.</summary>
    public int? AvailableReplicas { get; set; }

    /// <summary>What is known of it.</summary>
    public IReadOnlyList<WorkloadCondition>? Conditions { get; set; }
}
