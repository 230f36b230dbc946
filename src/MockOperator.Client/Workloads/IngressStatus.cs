namespace MockOperator.Client.Workloads;

/// <summary>Where an Ingress is called.</summary>
public sealed class IngressStatus
{
    /// <summary>What its controller says.</summary>
    public IngressEntry? LoadBalancer { get; set; }
}
