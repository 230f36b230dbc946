using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Connections;

/// <summary>What a credential plugin is told and what it answers (<c>client.authentication.k8s.io</c>, <c>v1</c> and <c>v1beta1</c>).</summary>
internal sealed record ExecCredential
{
    public string? ApiVersion { get; init; }

    public string? Kind { get; init; }

    public Request? Spec { get; init; }

    public Answer? Status { get; init; }

    internal sealed record Request
    {
        public bool Interactive { get; init; }

        public Target? Cluster { get; init; }
    }

    internal sealed record Target
    {
        public string? Server { get; init; }

        [JsonPropertyName("tls-server-name")]
        public string? TlsServerName { get; init; }

        [JsonPropertyName("insecure-skip-tls-verify")]
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public bool InsecureSkipTlsVerify { get; init; }

        [JsonPropertyName("certificate-authority-data")]
        public byte[]? CertificateAuthorityData { get; init; }

        [JsonPropertyName("proxy-url")]
        public string? ProxyUrl { get; init; }
    }

    internal sealed record Answer
    {
        public DateTimeOffset? ExpirationTimestamp { get; init; }

        public string? Token { get; init; }

        public string? ClientCertificateData { get; init; }

        public string? ClientKeyData { get; init; }
    }
}
