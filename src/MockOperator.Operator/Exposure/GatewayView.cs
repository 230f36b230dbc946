namespace MockOperator.Operator.Exposure;

/// <summary>What the operator sees of a Gateway that a route refers to.</summary>
/// <param name="State">What it says; null unless it is seen.</param>
/// <param name="Lack">Why it is not seen.</param>
public readonly record struct GatewayView(GatewayState? State, GatewayLack Lack = GatewayLack.None)
{
    /// <summary>One that is not seen.</summary>
    /// <param name="lack">Why.</param>
    public static GatewayView Without(GatewayLack lack) => new(null, lack);
}
