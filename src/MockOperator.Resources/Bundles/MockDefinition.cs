namespace MockOperator.Resources;

/// <summary>
/// What a runtime needs to know of one mock besides its collection: the file <c>mock.json</c> of a bundle. It holds only what changes what pods do, so that
/// an edit of, say, <c>replicas</c> is no new revision.
/// </summary>
public sealed record MockDefinition
{
    /// <summary>Name of the MockServer.</summary>
    public string Name { get; init; } = "";

    /// <summary>Namespace of the MockServer; empty outside a cluster.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>The embedded native examples or null when the bundle holds a collection file.</summary>
    public IReadOnlyList<ExampleSpec>? Examples { get; init; }

    /// <summary>Where variables come from, weakest first.</summary>
    public IReadOnlyList<VariableLayer>? Environment { get; init; }

    /// <summary>Who may call; null for a public mock.</summary>
    public AccessDefinition? Access { get; init; }

    /// <summary>CORS as the runtime speaks it; null for the defaults. What the ingress controller does instead is not enabled here.</summary>
    public CorsSpec? Cors { get; init; }

    /// <summary>Prefixes that requests from outside carry; null when there are none.</summary>
    public IReadOnlyList<ExposedPath>? ExposedPaths { get; init; }

    /// <inheritdoc cref="MockServerSpec.Matching"/>
    public MatchingSpec? Matching { get; init; }

    /// <inheritdoc cref="MockServerSpec.Delay"/>
    public DelaySpec? Delay { get; init; }

    /// <summary>The server response that is active; null for none. Those that are not are no part of a bundle, so that they can be edited without a new revision.</summary>
    public ServerResponseSpec? ServerResponse { get; init; }

    /// <summary>The quotas that count the calls of the mock, by name; all of them must grant a call. Null for none.</summary>
    public IReadOnlyList<QuotaReference>? Quotas { get; init; }

    /// <inheritdoc cref="MockServerSpec.RateLimit"/>
    public RateLimitSpec? RateLimit { get; init; }

    /// <inheritdoc cref="MockServerSpec.CallLog"/>
    public CallLogSpec? CallLog { get; init; }

    /// <inheritdoc cref="MockServerSpec.Seed"/>
    public long? Seed { get; init; }
}
