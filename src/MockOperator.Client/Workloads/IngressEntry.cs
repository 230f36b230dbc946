namespace MockOperator.Client.Workloads;

/// <summary>The way in.</summary>
public sealed class IngressEntry
{
    /// <summary>Its addresses.</summary>
    public IReadOnlyList<IngressAddress>? Ingress { get; set; }
}
