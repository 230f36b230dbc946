using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>
/// What the store keeps of a quota: what it says, the sums of its status, and the calls of its most used mocks. The books by which calls are granted are left out: whoever grants reads them from the API server, and writes upon what it read.
/// </summary>
public static class MockQuotaProjection
{
    private const int MaxName = 253;

    /// <summary>A quota without its books.</summary>
    public static MockQuota Of(MockQuota quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        ObjectTrimming.KeepingOwnership<MockQuota>(ChildLabels.Manager)(quota);
        IList<V1ManagedFieldsEntry>? ours = quota.Metadata.ManagedFields;
        quota.Metadata = MetadataProjection.OfChild(quota.Metadata);
        quota.Metadata.ManagedFields = ours;
        if (quota.Spec is { Selector: not null } spec && MockQuotaRules.Check(quota.Metadata.Name, spec).Any(static problem => problem.Path.StartsWith("selector", StringComparison.Ordinal)))
        {
            quota.IsSelectorLeftOut = true;
            quota.Spec = spec with { Selector = null };
        }

        quota.Status = quota.Status is { } status ? status with { Conditions = null, Ledger = null, History = null, Mocks = Bounded(status.Mocks) } : null;
        return quota;
    }

    // Who may write statuses may write anything that a server takes, and one before 1.25 takes much.
    private static MockUsage[]? Bounded(IReadOnlyList<MockUsage>? mocks) =>
        mocks is { Count: > 0 } ? [.. mocks.Take(MockQuotaStatus.MaxMocks).Where(static mock => mock is { Name.Length: <= MaxName })] : null;
}
