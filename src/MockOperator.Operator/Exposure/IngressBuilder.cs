using System.Collections.Frozen;
using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Exposure;

/// <summary>
/// The Ingress of a mock. It asks for no rewriting, which every controller spells differently: the runtime strips the path prefix itself.
/// </summary>
public static class IngressBuilder
{
    /// <summary>Builds it.</summary>
    /// <param name="mock">The mock, whose spec has an ingress.</param>
    /// <param name="address">Where it is to be found.</param>
    /// <param name="cors">CORS rules for the controller.</param>
    public static V1Ingress Build(MockServer mock, ExternalAddress address, IngressCors cors)
    {
        ArgumentNullException.ThrowIfNull(mock);
        ArgumentNullException.ThrowIfNull(address);
        ArgumentNullException.ThrowIfNull(cors);
        IngressSpec spec = mock.Spec!.Ingress!;
        V1ObjectMeta metadata = ChildMetadata.Of(mock, ChildNames.Workload(mock.Metadata.Name));
        metadata.Annotations = Annotations(spec, cors);
        return new V1Ingress
        {
            ApiVersion = "networking.k8s.io/v1",
            Kind = "Ingress",
            Metadata = metadata,
            Spec = new V1IngressSpec
            {
                IngressClassName = spec.ClassName,
                Tls = spec.Tls is null ? null : [new V1IngressTLS { Hosts = [address.Host], SecretName = TlsSecret(mock, spec.Tls) }],
                Rules =
                [
                    new V1IngressRule
                    {
                        Host = address.Host,
                        Http = new V1HTTPIngressRuleValue
                        {
                            Paths =
                            [
                                new V1HTTPIngressPath
                                {
                                    Path = address.Path,
                                    PathType = "Prefix",
                                    Backend = new V1IngressBackend
                                    {
                                        Service = new V1IngressServiceBackend
                                        {
                                            Name = ChildNames.Service(mock.Metadata.Name),
                                            Port = new V1ServiceBackendPort { Name = RuntimePorts.HttpName },
                                        },
                                    },
                                },
                            ],
                        },
                    },
                ],
            },
        };
    }

    private static string? TlsSecret(MockServer mock, IngressTlsSpec tls)
        => tls.SecretName ?? (tls.IssuerRef is null ? null : mock.Metadata.Name + "-tls");

    // As cert-manager reads an Ingress: one annotation for its ClusterIssuers, up to three for whatever else issues.
    private static void NameIssuer(Dictionary<string, string> annotations, IssuerReference issuer)
    {
        string kind = issuer.Kind ?? IssuerReference.DefaultKind;
        string group = issuer.Group ?? IssuerReference.DefaultGroup;
        if (kind == IssuerReference.ClusterKind && group == IssuerReference.DefaultGroup)
        {
            annotations["cert-manager.io/cluster-issuer"] = issuer.Name;
            return;
        }

        annotations["cert-manager.io/issuer"] = issuer.Name;
        if (kind != IssuerReference.DefaultKind)
            annotations["cert-manager.io/issuer-kind"] = kind;
        if (group != IssuerReference.DefaultGroup)
            annotations["cert-manager.io/issuer-group"] = group;
    }

    private static Dictionary<string, string> Annotations(IngressSpec spec, IngressCors cors)
    {
        var annotations = new Dictionary<string, string>(spec.Annotations ?? FrozenDictionary<string, string>.Empty, StringComparer.Ordinal);
        if (spec.Tls?.IssuerRef is { } issuer)
            NameIssuer(annotations, issuer);
        foreach ((string name, string value) in cors.Annotations)
        {
            // Traefik's list of middlewares is one annotation: the user's own stay, before ours.
            annotations[name] = cors.Middleware is not null && annotations.TryGetValue(name, out string? own) && own.Length > 0 ? $"{own},{value}" : value;
        }

        return annotations;
    }
}
