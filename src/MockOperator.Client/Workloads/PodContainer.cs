namespace MockOperator.Client.Workloads;

/// <summary>A container as it is wanted.</summary>
public sealed class PodContainer
{
    /// <summary>Its image.</summary>
    public string? Image { get; set; }
}
