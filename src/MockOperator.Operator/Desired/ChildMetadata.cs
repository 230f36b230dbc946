using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Controllers;

namespace MockOperator.Operator.Desired;

/// <summary>Metadata of children: one place, so that no child lacks a label or its owner.</summary>
public static class ChildMetadata
{
    /// <summary>Metadata of a child: labels, and the mock as its controlling owner, by which the garbage collector removes it.</summary>
    public static V1ObjectMeta Of(MockServer mock, string name) => new()
    {
        Name = name,
        NamespaceProperty = mock.Metadata.NamespaceProperty,
        Labels = ChildLabels.Of(mock.Metadata.Name),
        OwnerReferences = [OwnerMapping.OwnerReferenceTo(mock)],
    };

    /// <summary>Whether an object is a child of this very mock, not of an earlier one of the same name.</summary>
    public static bool IsOwned(V1ObjectMeta child, string mockUid) =>
        child.OwnerReferences?.Any(owner => owner.Controller == true && owner.Uid == mockUid) == true;
}
