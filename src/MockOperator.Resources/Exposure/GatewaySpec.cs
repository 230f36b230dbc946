namespace MockOperator.Resources;

/// <summary>How a Gateway of the Gateway API exposes a mock outside the cluster: by an HTTPRoute.</summary>
public sealed record GatewaySpec
{
    /// <summary>The Gateways to attach to. 1 to 8.</summary>
    public IReadOnlyList<GatewayParentReference>? ParentRefs { get; init; }

    /// <summary>Host names. Default: from the operator's domain template.</summary>
    public IReadOnlyList<string>? Hostnames { get; init; }

    /// <summary>Path prefix below which the mock is found; stripped before a request is matched. Default <c>/</c>.</summary>
    public string? Path { get; init; }
}
