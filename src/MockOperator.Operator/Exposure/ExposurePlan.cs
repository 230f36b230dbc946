using MockOperator.Kinds;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>Where a mock is to be found outside, from its spec and the operator's domain template. Pure.</summary>
/// <param name="Ingress">By the Ingress, or null.</param>
/// <param name="Gateway">By the HTTPRoute; empty when the spec has no gateway.</param>
/// <param name="Problem">Why it cannot be told.</param>
public sealed record ExposurePlan(ExternalAddress? Ingress, IReadOnlyList<ExternalAddress> Gateway, string? Problem)
{
    /// <summary>The prefixes that the runtime strips.</summary>
    public IReadOnlyList<ExposedPath> Prefixes =>
        [.. Gateway.Prepend(Ingress).Select(static address => address?.Stripped).OfType<ExposedPath>().Distinct()];

    /// <summary>Makes the plan of a mock.</summary>
    /// <param name="mock">The mock.</param>
    /// <param name="template">The domain template, or null.</param>
    public static ExposurePlan Of(MockServer mock, DomainTemplate? template)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ExternalAddress? ingress = null;
        List<ExternalAddress> gateway = [];
        if (mock.Spec?.Ingress is { } byIngress)
        {
            if (!TryHost(mock, byIngress.Host, template, "ingress.host", out string host, out string problem))
                return new ExposurePlan(null, [], problem);
            ingress = new ExternalAddress(host, ExternalAddress.NormalizePath(byIngress.Path), byIngress.Tls is not null);
        }

        if (mock.Spec?.Gateway is { } byGateway)
        {
            IEnumerable<string?> names = byGateway.Hostnames is { Count: > 0 } given ? given.Select(static name => (string?)name) : Enumerable.Repeat<string?>(null, 1);
            foreach (string? name in names)
            {
                if (!TryHost(mock, name, template, "gateway.hostnames", out string host, out string problem))
                    return new ExposurePlan(null, [], problem);
                // The listener says whether it speaks TLS; where the operator cannot see it, port and name have to do.
                bool isSecure = byGateway.ParentRefs?.Any(static parent => parent is { Port: 443 } || parent?.SectionName is { } section && section.StartsWith("https", StringComparison.Ordinal)) == true;
                gateway.Add(new ExternalAddress(host, ExternalAddress.NormalizePath(byGateway.Path), isSecure));
            }
        }

        return new ExposurePlan(ingress, gateway, null);
    }

    private static bool TryHost(MockServer mock, string? given, DomainTemplate? template, string field, out string host, out string problem)
    {
        host = given ?? "";
        problem = "";
        if (given is not null)
        {
            if (!DomainTemplate.IsHostName(given))
                problem = $"spec.{field}: '{given}' is no host name";
        }
        else if (template is null)
        {
            problem = $"spec.{field} is needed, since the operator runs without --domain-template";
        }
        else if (template.TryExpand(mock, out string? expanded, out string? tooLong))
        {
            host = expanded;
        }
        else
        {
            problem = tooLong;
        }

        return problem.Length == 0;
    }
}
