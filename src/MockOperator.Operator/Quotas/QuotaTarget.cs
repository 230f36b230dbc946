using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>A mock whose calls are counted or limited, as far as its pods must be told.</summary>
/// <param name="Namespace">Namespace of the mock.</param>
/// <param name="Mock">Name of the mock.</param>
/// <param name="Quotas">The quotas that cover it.</param>
/// <param name="ReadyPods">Pods among which its rate limit is divided.</param>
public sealed record QuotaTarget(string Namespace, string Mock, IReadOnlyList<QuotaReference> Quotas, int ReadyPods)
{
    /// <inheritdoc/>
    public bool Equals(QuotaTarget? other) =>
        other is not null && Namespace == other.Namespace && Mock == other.Mock && ReadyPods == other.ReadyPods && Quotas.SequenceEqual(other.Quotas);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Namespace, Mock, ReadyPods, Quotas.Count);
}
