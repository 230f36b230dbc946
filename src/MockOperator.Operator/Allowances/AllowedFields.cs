namespace MockOperator.Operator.Allowances;

/// <summary>How much a MockServer may write where its spec takes what Kubernetes or an ingress controller takes.</summary>
public enum AllowedFields
{
    /// <summary>What gives its author no right beyond that of creating a MockServer.</summary>
    Safe,

    /// <summary>Everything: whoever may create MockServers may then do what the field can do.</summary>
    Any,
}
