namespace MockOperator.Client.Workloads;

/// <summary>The pods of a Deployment.</summary>
public sealed class PodTemplate
{
    /// <summary>What runs in them.</summary>
    public PodSpec? Spec { get; set; }
}
