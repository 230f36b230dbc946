using k8s.Models;

namespace MockOperator.Client.Ownership;

/// <summary>Who keeps an object as a repository says, so that an edit by hand would be undone: Argo CD, Flux, Helm.</summary>
/// <param name="Tool">The tool's name for people.</param>
/// <param name="Name">What owns the object there: an application, a Kustomization, a release; null when that is not said.</param>
public sealed record GitOpsOwner(string Tool, string? Name)
{
    /// <summary>Finds out by labels, annotations and field managers.</summary>
    /// <param name="metadata">Of the object.</param>
    /// <returns>The owner; null when nobody of these keeps it.</returns>
    public static GitOpsOwner? Of(V1ObjectMeta metadata) => throw new NotImplementedException();
}
