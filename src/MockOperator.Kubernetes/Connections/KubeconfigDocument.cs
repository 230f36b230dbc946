using System.Text.Json.Serialization;

namespace MockOperator.Kubernetes.Connections;

/// <summary>What a kubeconfig says, as far as it says whom to talk to and by which right (<c>k8s.io/client-go/tools/clientcmd/api/v1</c>).</summary>
internal sealed record KubeconfigDocument
{
    [JsonPropertyName("current-context")]
    public string? CurrentContext { get; init; }

    public IReadOnlyList<NamedContext?>? Contexts { get; init; }

    public IReadOnlyList<NamedCluster?>? Clusters { get; init; }

    public IReadOnlyList<NamedUser?>? Users { get; init; }

    internal sealed record NamedContext(string? Name, ContextEntry? Context);

    internal sealed record NamedCluster(string? Name, ClusterEntry? Cluster);

    internal sealed record NamedUser(string? Name, UserEntry? User);

    internal sealed record ContextEntry(string? Cluster, string? User, string? Namespace);

    internal sealed record ClusterEntry
    {
        public string? Server { get; init; }

        [JsonPropertyName("tls-server-name")]
        public string? TlsServerName { get; init; }

        [JsonPropertyName("insecure-skip-tls-verify")]
        public bool InsecureSkipTlsVerify { get; init; }

        [JsonPropertyName("certificate-authority")]
        public string? CertificateAuthority { get; init; }

        [JsonPropertyName("certificate-authority-data")]
        public byte[]? CertificateAuthorityData { get; init; }

        [JsonPropertyName("proxy-url")]
        public string? ProxyUrl { get; init; }
    }

    internal sealed record UserEntry
    {
        public string? Token { get; init; }

        public string? TokenFile { get; init; }

        public string? Username { get; init; }

        public string? Password { get; init; }

        [JsonPropertyName("client-certificate")]
        public string? ClientCertificate { get; init; }

        [JsonPropertyName("client-certificate-data")]
        public string? ClientCertificateData { get; init; }

        [JsonPropertyName("client-key")]
        public string? ClientKey { get; init; }

        [JsonPropertyName("client-key-data")]
        public string? ClientKeyData { get; init; }

        public string? As { get; init; }

        [JsonPropertyName("as-uid")]
        public string? AsUid { get; init; }

        [JsonPropertyName("as-groups")]
        public IReadOnlyList<string>? AsGroups { get; init; }

        [JsonPropertyName("as-user-extra")]
        public IReadOnlyDictionary<string, IReadOnlyList<string>>? AsUserExtra { get; init; }

        public ExecEntry? Exec { get; init; }

        [JsonPropertyName("auth-provider")]
        public AuthProviderEntry? AuthProvider { get; init; }
    }

    internal sealed record AuthProviderEntry(string? Name);

    internal sealed record ExecEntry
    {
        public string? ApiVersion { get; init; }

        public string? Command { get; init; }

        public IReadOnlyList<string>? Args { get; init; }

        public IReadOnlyList<ExecVariable>? Env { get; init; }

        public string? InstallHint { get; init; }

        public bool ProvideClusterInfo { get; init; }

        public string? InteractiveMode { get; init; }
    }

    internal sealed record ExecVariable(string? Name, string? Value);
}
