namespace MockOperator.Resources;

/// <summary>Where the certificate of an ingress comes from. At most one of the two issuers.</summary>
public sealed record IngressTlsSpec
{
    /// <summary>The Secret with the certificate. With an issuer it is where cert-manager puts it, by default <c>&lt;mock&gt;-tls</c>. Without both, the controller's own default certificate is used.</summary>
    public string? SecretName { get; init; }

    /// <summary>A cert-manager ClusterIssuer.</summary>
    public string? ClusterIssuer { get; init; }

    /// <summary>A cert-manager Issuer of the same namespace.</summary>
    public string? Issuer { get; init; }
}
