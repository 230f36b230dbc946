using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Projections;

/// <summary>
/// What the store keeps of a quota: what it says, and the sums of its status. The books by which calls are granted are left out: whoever grants reads them from the API server, and writes upon what it read.
/// </summary>
public static class MockQuotaProjection
{
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

        quota.Status = quota.Status is { } status ? status with { Conditions = null, Ledger = null, Mocks = null, History = null } : null;
        return quota;
    }
}
