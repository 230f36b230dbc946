namespace MockOperator.Resources;

/// <summary>Where the certificate of an ingress comes from.</summary>
public sealed record IngressTlsSpec
{
    /// <summary>The Secret with the certificate. With an issuer it is where cert-manager puts it, by default <c>&lt;mock&gt;-tls</c>. Without both, the controller's own default certificate is used.</summary>
    public string? SecretName { get; init; }

    /// <summary>The issuer that cert-manager has the certificate from.</summary>
    public IssuerReference? IssuerRef { get; init; }
}
