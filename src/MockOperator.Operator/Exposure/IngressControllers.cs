namespace MockOperator.Operator.Exposure;

/// <summary>Tells ingress controllers apart by what IngressClasses say of them.</summary>
public static class IngressControllers
{
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
