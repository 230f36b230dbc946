namespace MockOperator.Kubernetes.Client;

/// <summary>Which connection a request takes: long watches and the lease must not wait behind other calls, nor delay them.</summary>
public enum TransportLane
{
    /// <summary>Reads and writes that are answered at once.</summary>
    Unary,

    /// <summary>Watches, minutes long.</summary>
    Watch,

    /// <summary>Leader election: a slow list must not cost the lease.</summary>
    Lease,
}
