namespace MockOperator.Operator.Exposure;

/// <summary>How mocks are exposed, given on the operator's command line.</summary>
/// <param name="Template">The host names of mocks whose specs name none, or null.</param>
public sealed record ExposureSettings(DomainTemplate? Template)
{
    /// <summary>Ingress classes whose controllers write no address into the Ingresses that they serve.</summary>
    public IReadOnlyList<string> ClassesWithoutAddress { get; init; } = [];
}
