using k8s;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Content;
using MockOperator.Operator.Desired;

namespace MockOperator.Operator.Controllers;

/// <summary>Says of an object that has a name which a mock needs why the mock cannot have it.</summary>
public static class NameConflict
{
    /// <summary>The conflict, or null when there is no such object, or it is the mock's own.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="kind">The object's kind.</param>
    /// <param name="observed">The object; null when there is none.</param>
    public static Unresolved? Of(MockServer mock, string kind, IKubernetesObject<V1ObjectMeta>? observed)
    {
        ArgumentNullException.ThrowIfNull(mock);
        if (observed is null || ChildMetadata.IsOwned(observed.Metadata, mock.Metadata.Uid))
        {
            return null;
        }

        // A mock that was deleted and made again at once meets the children of the old one: the garbage collector is about to remove them.
        bool isLeftOver = observed.Metadata.OwnerReferences?.Any(owner => owner.Kind == MockServer.KubeKind && owner.Name == mock.Metadata.Name) == true;
        return isLeftOver
            ? new Unresolved(MockConditions.Progressing, $"waiting until the {kind} '{observed.Metadata.Name}' of an earlier MockServer of this name is removed")
            : new Unresolved(
                MockConditions.NameConflict,
                $"the {kind} '{observed.Metadata.Name}' exists and does not belong to this MockServer: remove it, or give the mock another name");
    }
}
