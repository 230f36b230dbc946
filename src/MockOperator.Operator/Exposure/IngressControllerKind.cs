namespace MockOperator.Operator.Exposure;

/// <summary>The ingress controllers whose CORS the operator can render or knows that it cannot.</summary>
public enum IngressControllerKind
{
    /// <summary>None that is known.</summary>
    Unknown,

    /// <summary>ingress-nginx of the Kubernetes project.</summary>
    IngressNginx,

    /// <summary>Traefik.</summary>
    Traefik,

    /// <summary>The controller of HAProxy Technologies: annotations <c>haproxy.org/…</c>.</summary>
    HaProxy,

    /// <summary>The community's HAProxy Ingress: annotations <c>haproxy-ingress.github.io/…</c>.</summary>
    HaProxyIngress,

    /// <summary>Contour.</summary>
    Contour,
}
