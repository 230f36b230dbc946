namespace MockOperator.Operator.Exposure;

/// <summary>Why the operator does not see a Gateway.</summary>
public enum GatewayLack
{
    /// <summary>It does.</summary>
    None,

    /// <summary>There is none.</summary>
    Missing,

    /// <summary>It has yet to read the Gateways of the cluster.</summary>
    Unread,

    /// <summary>It never will: a parent of another kind, a namespace that is not watched, or a cluster that has routes but no Gateways. What is said of the route has to do.</summary>
    Hidden,
}
