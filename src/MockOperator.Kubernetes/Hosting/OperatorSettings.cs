using System.Text.Json.Serialization.Metadata;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Watching;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>The settings of an operator process.</summary>
public sealed class OperatorSettings
{
    /// <summary>The operator's name: its lease, its events, its default field manager.</summary>
    public string Name { get; set; } = "operator";

    /// <summary>Namespaces to watch; empty for all.</summary>
    public IReadOnlyList<string> Namespaces { get; set; } = [];

    /// <summary>Whether several processes elect a leader. Off only where there is certainly one process.</summary>
    public bool LeaderElection { get; set; } = true;

    /// <summary>Namespace of the lease; null for that of the pod or the kubeconfig, else <c>default</c>.</summary>
    public string? LeaseNamespace { get; set; }

    /// <summary>Name of the lease; null for the operator's name.</summary>
    public string? LeaseName { get; set; }

    /// <summary>Who this process is among its replicas; null for the machine's name with a random part.</summary>
    public string? Identity { get; set; }

    /// <summary>See <see cref="Leadership.LeaseOptions.Duration"/>.</summary>
    public TimeSpan LeaseDuration { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>See <see cref="Leadership.LeaseOptions.RenewDeadline"/>.</summary>
    public TimeSpan RenewDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>See <see cref="Leadership.LeaseOptions.RetryPeriod"/>.</summary>
    public TimeSpan RetryPeriod { get; set; } = TimeSpan.FromSeconds(2);

    /// <summary>See <see cref="ResourceClientOptions.FieldManager"/>; null for the operator's name.</summary>
    public string? FieldManager { get; set; }

    /// <summary>See <see cref="ResourceClientOptions.FieldValidation"/>.</summary>
    public string FieldValidation { get; set; } = "Warn";

    /// <summary>The annotation of <see cref="Controllers.AppliedTokens"/>; null for the operator's name followed by <c>/applied</c>.</summary>
    public string? AppliedAnnotation { get; set; }

    /// <summary>
    /// Asked for the JSON form of types: source-generated contexts that name all kinds, of one's own and of Kubernetes itself, with their specs and statuses. KubernetesClient's
    /// <c>SourceGenerationContext</c> knows all of Kubernetes itself, and is ten megabytes of a program that is compiled ahead of time.
    /// </summary>
    public IList<IJsonTypeInfoResolver> JsonResolvers { get; } = [];

    /// <summary>How watches are paced.</summary>
    public ReflectorOptions Reflectors { get; set; } = new();

    /// <summary>Put around all requests of a lane: to count, delay or break them. Called once per lane. Null for none.</summary>
    public Func<TransportLane, DelegatingHandler>? OutermostHandler { get; set; }

    /// <summary>Makes the connections; null for what <c>KUBECONFIG</c> or <c>~/.kube/config</c> says, or where there is neither, the pod's own account.</summary>
    public Func<IServiceProvider, ApiTransport>? Transport { get; set; }
}
