using k8s;

namespace MockOperator.Kubernetes.Connections;

/// <summary>Whom to talk to, and as whom.</summary>
/// <param name="Configuration">Server, trust, credentials and namespace.</param>
/// <param name="Impersonation">In whose name; null for the caller's own.</param>
public sealed record ClusterConnection(KubernetesClientConfiguration Configuration, Impersonation? Impersonation = null);
