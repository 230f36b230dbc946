namespace MockOperator.Client.Workloads;

/// <summary>How a pod is.</summary>
public sealed class PodStatus
{
    /// <summary><c>Pending</c>, <c>Running</c>, <c>Succeeded</c>, <c>Failed</c> or <c>Unknown</c>.</summary>
    public string? Phase { get; set; }

    /// <summary>Why it is so, for people.</summary>
    public string? Message { get; set; }

    /// <summary>What is known of it.</summary>
    public IReadOnlyList<WorkloadCondition>? Conditions { get; set; }

    /// <summary>How its containers are.</summary>
    public IReadOnlyList<ContainerStatus>? ContainerStatuses { get; set; }
}
