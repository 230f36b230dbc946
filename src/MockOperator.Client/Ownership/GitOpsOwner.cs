using k8s.Models;

namespace MockOperator.Client.Ownership;

/// <summary>Who keeps an object as a repository says, so that an edit by hand would be undone: Argo CD, Flux, Helm.</summary>
/// <param name="Tool">The tool's name for people.</param>
/// <param name="Name">What owns the object there: an application, a Kustomization, a release; null when that is not said.</param>
public sealed record GitOpsOwner(string Tool, string? Name)
{
    private const string ArgoTracking = "argocd.argoproj.io/tracking-id";
    private const string ArgoManager = "argocd-controller";
    private const string Instance = "app.kubernetes.io/instance";
    private const string ManagedBy = "app.kubernetes.io/managed-by";
    private const string HelmRelease = "meta.helm.sh/release-name";

    /// <summary>Finds out by labels, annotations and field managers.</summary>
    /// <param name="metadata">Of the object.</param>
    /// <returns>The owner; null when nobody of these keeps it.</returns>
    public static GitOpsOwner? Of(V1ObjectMeta metadata)
    {
        ArgumentNullException.ThrowIfNull(metadata);
        return OfArgo(metadata) ?? OfFlux(metadata, "kustomize.toolkit.fluxcd.io") ?? OfFlux(metadata, "helm.toolkit.fluxcd.io") ?? OfHelm(metadata);
    }

    // Argo CD passes over a tracking id that names another object, as a copy of a manifest has it
    // (https://argo-cd.readthedocs.io/en/stable/user-guide/resource_tracking/). Its label alone is Kubernetes' own and says nothing.
    private static GitOpsOwner? OfArgo(V1ObjectMeta metadata)
    {
        if (Text(metadata.Annotations, ArgoTracking) is { } tracking)
        {
            var parts = tracking.Split(':');
            return parts is [{ Length: > 0 } application, _, var place] && place == $"{metadata.NamespaceProperty}/{metadata.Name}" ? new("Argo CD", application) : null;
        }

        return Text(metadata.Labels, Instance) is { } instance && metadata.ManagedFields?.Any(static field => field.Manager == ArgoManager) == true
            ? new("Argo CD", instance)
            : null;
    }

    private static GitOpsOwner? OfFlux(V1ObjectMeta metadata, string toolkit)
    {
        if (Text(metadata.Labels, $"{toolkit}/name") is not { } name)
            return null;
        return new("Flux", Text(metadata.Labels, $"{toolkit}/namespace") is { } inNamespace ? $"{inNamespace}/{name}" : name);
    }

    private static GitOpsOwner? OfHelm(V1ObjectMeta metadata) =>
        Text(metadata.Labels, ManagedBy) == "Helm" && Text(metadata.Annotations, HelmRelease) is { } release ? new("Helm", release) : null;

    private static string? Text(IDictionary<string, string>? of, string name) => of is not null && of.TryGetValue(name, out var text) && text.Length > 0 ? text : null;
}
