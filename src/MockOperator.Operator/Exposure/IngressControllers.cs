using k8s.Models;
using MockOperator.Kubernetes.Caching;

namespace MockOperator.Operator.Exposure;

/// <summary>Tells ingress controllers apart by what IngressClasses say of them. Where the operator may not read those, the name of a class has to do.</summary>
/// <param name="classes">The classes of the cluster.</param>
/// <param name="settings">How mocks are exposed.</param>
public sealed class IngressControllers(ResourceStore<V1IngressClass> classes, ExposureSettings settings)
{
    /// <summary>The annotation of the class that an Ingress without one gets.</summary>
    public const string IsDefault = "ingressclass.kubernetes.io/is-default-class";

    /// <summary>The controller of a class.</summary>
    /// <param name="className">Name of the class; null for the cluster's default.</param>
    public IngressControllerKind Of(string? className) => Of(Find(className)?.Spec?.Controller, className);

    /// <summary>Who is to take up an Ingress.</summary>
    /// <param name="className">Name of its class; null for the cluster's default.</param>
    public IngressTaker TakerOf(string? className)
    {
        V1IngressClass? found = Find(className);
        // Where classes cannot be read, nothing is known to be missing.
        string? problem = found is not null || !classes.IsSynced ? null
            : className is null ? "it names no class, and the cluster has no default class"
            : $"the cluster has no IngressClass '{className}'";
        return new IngressTaker((className ?? found?.Metadata.Name) is { } name && settings.ClassesWithoutAddress.Contains(name, StringComparer.Ordinal), problem);
    }

    /// <summary>The controller of a class.</summary>
    /// <param name="controller">The <c>spec.controller</c> of the IngressClass, or null when it cannot be read.</param>
    /// <param name="className">Name of the class, which people tend to name after the controller.</param>
    public static IngressControllerKind Of(string? controller, string? className)
        => controller switch
        {
            null => ByName(className),
            _ when controller.StartsWith("k8s.io/ingress-nginx", StringComparison.Ordinal) => IngressControllerKind.IngressNginx,
            _ when controller.StartsWith("traefik.io/", StringComparison.Ordinal) => IngressControllerKind.Traefik,
            _ when controller.StartsWith("haproxy.org/", StringComparison.Ordinal) => IngressControllerKind.HaProxy,
            _ when controller.StartsWith("haproxy-ingress.github.io/", StringComparison.Ordinal) => IngressControllerKind.HaProxyIngress,
            _ when controller.StartsWith("projectcontour.io/", StringComparison.Ordinal) => IngressControllerKind.Contour,
            _ => IngressControllerKind.Unknown,
        };

    /// <summary>Whether a change of a class is one that Ingresses feel.</summary>
    /// <param name="change">The change.</param>
    public static bool Changed(StoreChange<V1IngressClass> change)
    {
        ArgumentNullException.ThrowIfNull(change);
        return change is not { Old: { } old, New: { } now } || old.Spec?.Controller != now.Spec?.Controller || IsTheDefault(old) != IsTheDefault(now);
    }

    private V1IngressClass? Find(string? className) => className is not null
        ? classes.Get("", className)
        : classes.List()
            .Where(IsTheDefault)
            .MinBy(static candidate => candidate.Metadata.Name, StringComparer.Ordinal);

    private static bool IsTheDefault(V1IngressClass candidate) => candidate.Metadata.Annotations?.TryGetValue(IsDefault, out string? isDefault) == true && isDefault == "true";

    private static IngressControllerKind ByName(string? className)
        => className switch
        {
            "nginx" or "ingress-nginx" => IngressControllerKind.IngressNginx,
            "traefik" => IngressControllerKind.Traefik,
            "haproxy" => IngressControllerKind.HaProxy,
            "haproxy-ingress" => IngressControllerKind.HaProxyIngress,
            "contour" => IngressControllerKind.Contour,
            _ => IngressControllerKind.Unknown,
        };
}
