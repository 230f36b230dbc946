using System.Collections.Frozen;
using MockOperator.Resources;

namespace MockOperator.Operator.Allowances;

/// <summary>
/// The annotations of an Ingress that set sizes, times, limits and redirects of the mock's own route. Those that write into a controller's configuration, call or copy to
/// other addresses, name Secrets, middlewares or other routes, claim names in DNS or open another load balancer are not among them.
/// </summary>
public static class IngressAnnotationSubset
{
    private static readonly FrozenSet<string> s_keys = Of(
        ("nginx.ingress.kubernetes.io/",
        [
            "allowlist-source-range", "client-body-buffer-size", "denylist-source-range", "enable-access-log", "force-ssl-redirect", "limit-burst-multiplier",
            "limit-connections", "limit-rate", "limit-rate-after", "limit-rpm", "limit-rps", "limit-whitelist", "load-balance", "proxy-body-size", "proxy-buffer-size",
            "proxy-buffering", "proxy-buffers-number", "proxy-connect-timeout", "proxy-http-version", "proxy-next-upstream-timeout", "proxy-next-upstream-tries",
            "proxy-read-timeout", "proxy-request-buffering", "proxy-send-timeout", "service-upstream", "ssl-redirect", "whitelist-source-range",
        ]),
        ("traefik.ingress.kubernetes.io/", ["router.entrypoints", "router.tls"]),
        ("haproxy.org/",
        [
            "allow-list", "check", "check-interval", "deny-list", "load-balance", "rate-limit-period", "rate-limit-requests", "rate-limit-status-code", "ssl-redirect",
            "timeout-client", "timeout-connect", "timeout-http-request", "timeout-keep-alive", "timeout-queue", "timeout-server", "timeout-tunnel",
        ]),
        ("haproxy-ingress.github.io/",
        [
            "allowlist-source-range", "balance-algorithm", "denylist-source-range", "limit-connections", "limit-rps", "limit-whitelist", "proxy-body-size", "ssl-redirect",
            "timeout-connect", "timeout-http-request", "timeout-keep-alive", "timeout-queue", "timeout-server", "timeout-tunnel", "whitelist-source-range",
        ]),
        ("projectcontour.io/", ["num-retries", "per-try-timeout", "response-timeout"]),
        ("alb.ingress.kubernetes.io/",
        [
            "healthcheck-interval-seconds", "healthcheck-path", "healthcheck-port", "healthcheck-protocol", "healthcheck-timeout-seconds", "healthy-threshold-count",
            "success-codes", "target-type", "unhealthy-threshold-count",
        ]),
        ("cert-manager.io/", ["duration", "renew-before"]),
        ("external-dns.alpha.kubernetes.io/", ["ttl"]),
        ("kubernetes.io/", ["tls-acme"]));

    /// <summary>The keys, as <c>nginx.ingress.kubernetes.io/ssl-redirect</c>.</summary>
    public static IReadOnlySet<string> KnownKeys => s_keys;

    /// <summary>Looks for what is not in the subset.</summary>
    /// <param name="annotations">The annotations of <c>spec.ingress</c>.</param>
    /// <param name="metadata">The keys that are allowed with any value.</param>
    public static IEnumerable<SpecProblem> Check(IReadOnlyDictionary<string, string> annotations, MetadataKeys metadata)
    {
        ArgumentNullException.ThrowIfNull(annotations);
        ArgumentNullException.ThrowIfNull(metadata);
        return
            from annotation in annotations.OrderBy(static pair => pair.Key, StringComparer.Ordinal)
            where !metadata.Allows(annotation.Key)
            let path = $"ingress.annotations[{MetadataKeys.Quote(annotation.Key)}]"
            let problem = !s_keys.Contains(annotation.Key) ? MetadataKeys.Refusal(path, annotation.Key)
                : IsPlain(annotation.Value) ? null
                : new SpecProblem(path, $"the value may hold letters, digits and . _ : / , - : write it so, or have the operator run with --allowed-metadata={annotation.Key}")
            where problem is not null
            select problem;
    }

    // Controllers have written values into their configuration as they stood: what cannot end a word, a line or a block cannot begin another.
    private static bool IsPlain(string? value) =>
        value is not null && value.All(static character => char.IsAsciiLetterOrDigit(character) || character is '.' or '_' or ':' or '/' or ',' or '-');

    private static FrozenSet<string> Of(params (string Prefix, string[] Names)[] keys) =>
        keys.SelectMany(static group => group.Names.Select(name => group.Prefix + name)).ToFrozenSet(StringComparer.Ordinal);
}
