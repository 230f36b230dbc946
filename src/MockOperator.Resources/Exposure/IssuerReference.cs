namespace MockOperator.Resources;

/// <summary>An issuer of cert-manager, or one that cert-manager knows by another group.</summary>
public sealed record IssuerReference
{
    /// <summary>The kind that issues in its own namespace: what <see cref="Kind"/> is when nothing is said.</summary>
    public const string DefaultKind = "Issuer";

    /// <summary>The kind that issues everywhere.</summary>
    public const string ClusterKind = "ClusterIssuer";

    /// <summary>The group of both.</summary>
    public const string DefaultGroup = "cert-manager.io";

    /// <summary>Name of the issuer.</summary>
    public string Name { get; init; } = "";

    /// <summary>Its kind. Default <see cref="DefaultKind"/>.</summary>
    public string? Kind { get; init; }

    /// <summary>The API group of the kind. Default <see cref="DefaultGroup"/>.</summary>
    public string? Group { get; init; }
}
