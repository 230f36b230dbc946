using System.Buffers;
using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>What the limits in the definition of a mock must satisfy.</summary>
internal static class LimitRules
{
    private const int LongestUid = 64;
    private const int LongestName = 253;
    private static readonly SearchValues<char> s_legalInName = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-.");

    /// <summary>Checks a definition.</summary>
    /// <returns>What is wrong; empty when nothing is.</returns>
    public static IEnumerable<SpecProblem> Check(MockDefinition definition)
    {
        foreach (SpecProblem problem in RateLimitRules.Check(definition.RateLimit))
        {
            yield return problem;
        }

        IReadOnlyList<QuotaReference> quotas = definition.Quotas ?? [];
        if (quotas.Count > QuotaReference.MaxOfMock)
        {
            yield return new("quotas", $"at most {QuotaReference.MaxOfMock} quotas can cover one mock");
        }

        for (int index = 0; index < Math.Min(quotas.Count, QuotaReference.MaxOfMock); index++)
        {
            if (quotas[index] is not { Name.Length: > 0 and <= LongestName, Uid.Length: > 0 and <= LongestUid } quota || quota.Name.AsSpan().ContainsAnyExcept(s_legalInName))
            {
                yield return new($"quotas[{index}]", "the name and the uid of a MockQuota are needed");
            }
        }
    }
}
