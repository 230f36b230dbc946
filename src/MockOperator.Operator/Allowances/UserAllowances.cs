using MockOperator.Resources;

namespace MockOperator.Operator.Allowances;

/// <summary>
/// What a MockServer may ask for beyond a mock, given on the operator's command line. Whoever may create MockServers acts with the operator's rights, so by
/// default a spec reaches nothing that needs a right of its own: no image, account, volume or setting of a controller.
/// </summary>
public sealed record UserAllowances
{
    private const string Reserved = "system-";
    private const int MostProblems = 8;

    /// <summary>What <c>spec.podTemplate</c> may say.</summary>
    public AllowedFields PodTemplates { get; init; } = AllowedFields.Safe;

    /// <summary>What <c>spec.ingress.annotations</c> may say.</summary>
    public AllowedFields IngressAnnotations { get; init; } = AllowedFields.Safe;

    /// <summary>The labels and annotations that may be set on pods and Ingresses.</summary>
    public MetadataKeys Metadata { get; init; } = MetadataKeys.Usual;

    /// <summary>Whether a priority class is one that Kubernetes keeps for itself: its pods would evict the workloads of everybody.</summary>
    public static bool IsReserved(string? priorityClass) => priorityClass?.StartsWith(Reserved, StringComparison.Ordinal) == true;

    /// <summary>Looks for what is not allowed.</summary>
    /// <param name="spec">The spec.</param>
    /// <returns>Each field with the cure, the first eight of them; empty when there is none.</returns>
    public IReadOnlyList<SpecProblem> Check(MockServerSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        IEnumerable<SpecProblem> problems = [];
        if (PodTemplates == AllowedFields.Safe)
        {
            if (IsReserved(spec.PriorityClassName))
            {
                problems = problems.Append(PodTemplateSubset.ReservedClass("priorityClassName"));
            }

            if (spec.PodTemplate is { } template)
            {
                problems = problems.Concat(PodTemplateSubset.Check(template, Metadata));
            }
        }

        if (IngressAnnotations == AllowedFields.Safe && spec.Ingress?.Annotations is { } annotations)
        {
            problems = problems.Concat(IngressAnnotationSubset.Check(annotations, Metadata));
        }

        return [.. problems.Take(MostProblems)];
    }
}
