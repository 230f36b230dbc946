using k8s.Models;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Operator.Projections;

/// <summary>What the store keeps of the metadata of a ReplicaSet: who it is, and which Deployment it belongs to.</summary>
public static class ReplicaSetProjection
{
    /// <summary>The metadata of a ReplicaSet, without what its Deployment copied into it.</summary>
    public static MetadataOf<V1ReplicaSet> Of(MetadataOf<V1ReplicaSet> replicaSet)
    {
        ArgumentNullException.ThrowIfNull(replicaSet);
        replicaSet.Metadata = MetadataProjection.OfChild(replicaSet.Metadata);
        return replicaSet;
    }
}
