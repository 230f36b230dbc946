namespace MockOperator.Operator.Control;

/// <summary>How the operator reaches runtime pods.</summary>
public enum ControlVia
{
    /// <summary>At their own addresses: inside a cluster.</summary>
    Direct,

    /// <summary>Through the API server's proxy: outside.</summary>
    ApiServerProxy,
}
