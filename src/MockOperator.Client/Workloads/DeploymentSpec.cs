namespace MockOperator.Client.Workloads;

/// <summary>What a Deployment is to run.</summary>
public sealed class DeploymentSpec
{
    /// <summary>How many pods; null for one.</summary>
    public int? Replicas { get; set; }

    /// <summary>Its pods.</summary>
    public PodTemplate? Template { get; set; }
}
