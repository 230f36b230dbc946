using k8s;

namespace MockOperator.Cli.Connections;

/// <summary>Whom to talk to, and as whom.</summary>
/// <param name="Configuration">Server, trust, credentials and namespace.</param>
/// <param name="Impersonation">In whose name; null for the caller's own.</param>
internal sealed record ClusterConnection(KubernetesClientConfiguration Configuration, Impersonation? Impersonation = null);
