namespace MockOperator.Client.Workloads;

/// <summary>A host of an Ingress.</summary>
public sealed class IngressRule
{
    /// <summary>The host; null for all.</summary>
    public string? Host { get; set; }
}
