using System.Text.Json;

namespace MockOperator.Resources;

/// <summary>
/// Desired state of a mock server. Exactly one of <see cref="CollectionRef"/> and <see cref="Collection"/> is set; all else has a default,
/// and every field can be edited on a live mock.
/// </summary>
public sealed record MockServerSpec
{
    /// <summary>Name for people. Default: the object's name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>The Collection to serve.</summary>
    public CollectionReference? CollectionRef { get; init; }

    /// <summary>An embedded collection, for a mock that needs none of its own.</summary>
    public EmbeddedCollection? Collection { get; init; }

    /// <summary>Variables that fill <c>{{name}}</c> tokens.</summary>
    public EnvironmentSpec? Environment { get; init; }

    /// <summary>Where to write the URL of the mock.</summary>
    public PublishUrlSpec? PublishUrl { get; init; }

    /// <summary>Whether callers must show one of the mock's keys. Default false. Can be turned on and off on a live mock.</summary>
    public bool? Private { get; init; }

    /// <summary>The keys of a private mock.</summary>
    public ApiKeysSpec? ApiKeys { get; init; }

    /// <summary>Which pages of other origins may call the mock. Default: all, without credentials.</summary>
    public CorsSpec? Cors { get; init; }

    /// <summary>Exposes the mock by an Ingress.</summary>
    public IngressSpec? Ingress { get; init; }

    /// <summary>Exposes the mock by an HTTPRoute of the Gateway API.</summary>
    public GatewaySpec? Gateway { get; init; }

    /// <summary>How requests are compared with examples.</summary>
    public MatchingSpec? Matching { get; init; }

    /// <summary>Delay before every answer that comes from an example.</summary>
    public DelaySpec? Delay { get; init; }

    /// <summary>Answers that stand ready to be given to every call: simulated outages.</summary>
    public IReadOnlyList<ServerResponseSpec>? ServerResponses { get; init; }

    /// <summary>Name of the server response that is given. Default: none, the mock answers by its examples.</summary>
    public string? ActiveServerResponse { get; init; }

    /// <summary>Calls that the mock may answer in a period. Default: no limit but those of the MockQuotas of the namespace.</summary>
    public MockQuotaShorthand? Quota { get; init; }

    /// <summary>Calls that the mock answers in a short time. Default: no limit.</summary>
    public RateLimitSpec? RateLimit { get; init; }

    /// <summary>What each pod remembers of its calls. Default: the last 1000, with the first 4 KiB of bodies.</summary>
    public CallLogSpec? CallLog { get; init; }

    /// <summary>Seed of the dynamic variables, for reproducible answers. Default: different values on every request.</summary>
    public long? Seed { get; init; }

    /// <summary>Number of pods. Default 1, at most 100; 0 pauses the mock.</summary>
    public int? Replicas { get; init; }

    /// <summary>Resource requests and limits of the runtime container.</summary>
    public ResourceRequirementsSpec? Resources { get; init; }

    /// <summary>Node labels that the pods need.</summary>
    public IReadOnlyDictionary<string, string>? NodeSelector { get; init; }

    /// <summary>Tolerations of the pods, as in a pod spec.</summary>
    public IReadOnlyList<JsonElement>? Tolerations { get; init; }

    /// <summary>Affinity of the pods, as in a pod spec.</summary>
    public JsonElement? Affinity { get; init; }

    /// <summary>Topology spread of the pods, as in a pod spec. Default: spread over nodes and zones where possible.</summary>
    public IReadOnlyList<JsonElement>? TopologySpreadConstraints { get; init; }

    /// <summary>Priority class of the pods.</summary>
    public string? PriorityClassName { get; init; }

    /// <summary>Merged over the pod template that the operator builds: the way out for what has no field here.</summary>
    public JsonElement? PodTemplate { get; init; }
}
