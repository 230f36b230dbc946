using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Desired;

/// <summary>The MockQuota of one mock alone, as <c>spec.quota</c> asks for it.</summary>
public static class MockQuotaBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="quota">What its spec says.</param>
    public static MockQuota Build(MockServer mock, MockQuotaShorthand quota)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(quota);
        return new MockQuota
        {
            Metadata = ChildMetadata.Of(mock, ChildNames.Quota(mock.Metadata.Name)),
            Spec = new MockQuotaSpec
            {
                Calls = quota.Calls,
                Period = quota.Period ?? MockQuotaRules.DefaultPeriod,
                Selector = new MockSelector { MatchNames = [mock.Metadata.Name] },
            },
        };
    }
}
