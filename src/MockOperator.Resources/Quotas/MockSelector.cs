namespace MockOperator.Resources;

/// <summary>Which mocks of its namespace a quota covers: those that all that is set here holds for.</summary>
public sealed record MockSelector
{
    /// <summary>Names of MockServers, 1 to 100.</summary>
    public IReadOnlyList<string>? MatchNames { get; init; }

    /// <summary>Labels that a mock must have, at most 32.</summary>
    public IReadOnlyDictionary<string, string>? MatchLabels { get; init; }

    /// <summary>Requirements on labels, at most 32, as in any Kubernetes selector.</summary>
    public IReadOnlyList<LabelRequirement>? MatchExpressions { get; init; }
}
