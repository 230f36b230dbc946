using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>What a mock's status tells of its calls: what the status of a quota tells of it.</summary>
public static class MockCalls
{
    /// <summary>How long a mock's status may be behind its quota's: a mock that is called all the time costs a write in this time.</summary>
    public static readonly TimeSpan Pace = TimeSpan.FromMinutes(1);

    /// <summary>The calls of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="coverage">The quotas that cover it.</param>
    /// <returns>Null when no quota counts them, or the quota tells of more used mocks only.</returns>
    public static MockCallsStatus? Of(MockServer mock, QuotaCoverage coverage)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(coverage);
        string own = ChildNames.Quota(mock.Metadata.Name);
        IReadOnlyList<MockQuota> quotas = coverage.QuotasOf(mock);
        MockQuota? counting = quotas.FirstOrDefault(quota => quota.Metadata.Name == own) ?? (quotas.Count > 0 ? quotas[0] : null);
        return counting is null ? null : Of(mock, counting);
    }

    /// <summary>The mocks whose status tells something else than a quota's does.</summary>
    /// <param name="mocks">The mocks.</param>
    /// <param name="quota">The quota.</param>
    public static IEnumerable<ObjectKey> BehindOf(ResourceStore<MockServer> mocks, MockQuota quota) =>
        QuotaCoverage.CoveredBy(mocks, quota)
            .Where(mock => mock.Status is { } status && (status.Calls is null || status.Calls.Quota == quota.Metadata.Name) && Of(mock, quota) is { } calls && calls != status.Calls)
            .Select(static mock => ObjectKey.Of(mock));

    /// <summary>Whether a change is one of the calls that a quota tells of.</summary>
    /// <param name="change">The change.</param>
    public static bool IsChanged(StoreChange<MockQuota> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change.New?.Status is { } now && (change.Old?.Status is not { } before || now.ResetsAt != before.ResetsAt || now.Used != before.Used);
    }

    private static MockCallsStatus? Of(MockServer mock, MockQuota quota)
    {
        IReadOnlyList<MockUsage> told = quota.Status?.Mocks ?? [];
        long? answered = told.FirstOrDefault(usage => usage.Name == mock.Metadata.Name)?.Calls ?? (told.Count < MockQuotaStatus.MaxMocks ? 0 : null);
        return answered is { } calls ? new MockCallsStatus { Quota = quota.Metadata.Name, Answered = calls, ResetsAt = calls == 0 ? null : quota.Status?.ResetsAt } : null;
    }
}
