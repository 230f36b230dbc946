using k8s.Models;
using MockOperator.Kubernetes.Caching;
using MockOperator.Operator.Desired;
using MockOperator.Operator.Kinds;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of a quota: what it asks for, and whose it is. Its books are read by their accountant alone.</summary>
public static class MockQuotaProjection
{
    /// <summary>A quota without its status.</summary>
    public static MockQuota Of(MockQuota quota)
    {
        ArgumentNullException.ThrowIfNull(quota);
        ObjectTrimming.KeepingOwnership<MockQuota>(ChildLabels.Manager)(quota);
        IList<V1ManagedFieldsEntry>? ours = quota.Metadata.ManagedFields;
        quota.Metadata = MetadataProjection.OfChild(quota.Metadata);
        quota.Metadata.ManagedFields = ours;
        quota.Status = null;
        return quota;
    }
}
