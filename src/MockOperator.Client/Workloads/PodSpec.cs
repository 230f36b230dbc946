namespace MockOperator.Client.Workloads;

/// <summary>Where a pod runs.</summary>
public sealed class PodSpec
{
    /// <summary>The node; null as long as it has none.</summary>
    public string? NodeName { get; set; }

    /// <summary>Its containers; null in what says nothing of them.</summary>
    public IReadOnlyList<PodContainer>? Containers { get; set; }
}
