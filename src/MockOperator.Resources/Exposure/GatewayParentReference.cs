namespace MockOperator.Resources;

/// <summary>A Gateway, or a listener of one, as <c>gateway.networking.k8s.io</c> has it.</summary>
public sealed record GatewayParentReference
{
    /// <summary>The group of <see cref="DefaultKind"/>: what <see cref="Group"/> is when nothing is said.</summary>
    public const string DefaultGroup = "gateway.networking.k8s.io";

    /// <summary>What <see cref="Kind"/> is when nothing is said.</summary>
    public const string DefaultKind = "Gateway";

    /// <summary>The API group of the kind. Default <see cref="DefaultGroup"/>.</summary>
    public string? Group { get; init; }

    /// <summary>Its kind. Default <see cref="DefaultKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>Name of the Gateway.</summary>
    public string Name { get; init; } = "";

    /// <summary>Namespace of the Gateway. Default: that of the mock.</summary>
    public string? Namespace { get; init; }

    /// <summary>Name of the listener. Default: every listener that admits the route.</summary>
    public string? SectionName { get; init; }

    /// <summary>Port of the listener.</summary>
    public int? Port { get; init; }
}
