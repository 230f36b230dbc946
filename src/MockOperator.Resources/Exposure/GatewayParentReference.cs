namespace MockOperator.Resources;

/// <summary>A Gateway, or a listener of one, as <c>gateway.networking.k8s.io</c> has it.</summary>
public sealed record GatewayParentReference
{
    /// <summary>Name of the Gateway.</summary>
    public string Name { get; init; } = "";

    /// <summary>Namespace of the Gateway. Default: that of the mock.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the listener. Default: every listener that admits the route.</summary>
    public string? SectionName { get; init; }

    /// <summary>Port of the listener.</summary>
    public int? Port { get; init; }
}
