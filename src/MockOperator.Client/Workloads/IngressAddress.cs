namespace MockOperator.Client.Workloads;

/// <summary>An address at which an Ingress is called.</summary>
public sealed class IngressAddress
{
    /// <summary>Its name; null where it has an IP address.</summary>
    public string? Hostname { get; set; }

    /// <summary>Its IP address; null where it has a name.</summary>
    public string? Ip { get; set; }
}
