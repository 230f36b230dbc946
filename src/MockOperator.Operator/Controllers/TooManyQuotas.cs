using MockOperator.Kinds;
using MockOperator.Operator.Content;
using MockOperator.Resources;

namespace MockOperator.Operator.Controllers;

/// <summary>Says of a mock that more quotas cover it than its pods count by, and which.</summary>
public static class TooManyQuotas
{
    private const int MostNamed = 2 * QuotaReference.MaxOfMock;

    /// <summary>The problem, or null when there is none.</summary>
    /// <param name="quotas">The quotas that cover the mock, by name.</param>
    public static Unresolved? Of(IReadOnlyList<MockQuota> quotas)
    {
        ArgumentNullException.ThrowIfNull(quotas);
        if (quotas.Count <= QuotaReference.MaxOfMock)
        {
            return null;
        }

        string names = string.Join(", ", quotas.Take(MostNamed).Select(static quota => $"'{quota.Metadata.Name}'"));
        string others = quotas.Count > MostNamed ? $" and {quotas.Count - MostNamed} more" : "";
        return new Unresolved(
            MockConditions.TooManyQuotas,
            $"{quotas.Count} MockQuotas cover this mock, and {QuotaReference.MaxOfMock} at most may: narrow the selector of one of {names}{others}, or remove it");
    }
}
