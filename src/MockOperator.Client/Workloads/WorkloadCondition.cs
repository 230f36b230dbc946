namespace MockOperator.Client.Workloads;

/// <summary>What is known of a pod or a Deployment.</summary>
public sealed class WorkloadCondition
{
    /// <summary>What it is about, such as <c>Ready</c>.</summary>
    public string? Type { get; set; }

    /// <summary><c>True</c>, <c>False</c> or <c>Unknown</c>.</summary>
    public string? Status { get; set; }

    /// <summary>Why, for people.</summary>
    public string? Message { get; set; }
}
