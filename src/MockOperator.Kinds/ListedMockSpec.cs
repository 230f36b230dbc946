using MockOperator.Resources;

namespace MockOperator.Kinds;

/// <summary>What lists tell of the desired state of a mock. Members are as in <see cref="MockServerSpec"/>.</summary>
public sealed record ListedMockSpec
{
    /// <inheritdoc cref="MockServerSpec.DisplayName"/>
    public string? DisplayName { get; init; }

    /// <inheritdoc cref="MockServerSpec.CollectionRef"/>
    public CollectionReference? CollectionRef { get; init; }

    /// <inheritdoc cref="MockServerSpec.Environment"/>
    public EnvironmentSpec? Environment { get; init; }

    /// <inheritdoc cref="MockServerSpec.Private"/>
    public bool? Private { get; init; }

    /// <inheritdoc cref="MockServerSpec.Matching"/>
    public MatchingSpec? Matching { get; init; }

    /// <inheritdoc cref="MockServerSpec.Delay"/>
    public DelaySpec? Delay { get; init; }

    /// <inheritdoc cref="MockServerSpec.ActiveServerResponse"/>
    public string? ActiveServerResponse { get; init; }

    /// <inheritdoc cref="MockServerSpec.Replicas"/>
    public int? Replicas { get; init; }

    /// <summary>The same of a spec that was read whole.</summary>
    internal static ListedMockSpec Of(MockServerSpec spec) => new()
    {
        DisplayName = spec.DisplayName,
        CollectionRef = spec.CollectionRef,
        Environment = spec.Environment,
        Private = spec.Private,
        Matching = spec.Matching,
        Delay = spec.Delay,
        ActiveServerResponse = spec.ActiveServerResponse,
        Replicas = spec.Replicas,
    };
}
