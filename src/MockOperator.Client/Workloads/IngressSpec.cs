namespace MockOperator.Client.Workloads;

/// <summary>What an Ingress leads in.</summary>
public sealed class IngressSpec
{
    /// <summary>The class whose controller takes it; null for the cluster's own.</summary>
    public string? IngressClassName { get; set; }

    /// <summary>Its hosts.</summary>
    public IReadOnlyList<IngressRule>? Rules { get; set; }
}
