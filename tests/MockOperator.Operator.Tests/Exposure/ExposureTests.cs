using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class ExposureTests
{
    private static DomainTemplate Template(string text)
    {
        Assert.True(DomainTemplate.TryParse(text, out var template, out var problem), problem);
        return template;
    }

    [Theory]
    [InlineData("mocks.example.com")]
    [InlineData("{name}.mocks.example.com")]
    [InlineData("{name}-{namespace}.Mocks.example.com")]
    [InlineData("{name}-{namespace}..example.com")]
    [InlineData("https://{name}-{namespace}.example.com")]
    [InlineData("{name}-{namespace}.example.com/path")]
    public void A_template_that_could_give_a_wrong_or_shared_host_is_refused(string text) => Assert.False(DomainTemplate.TryParse(text, out _, out _));

    [Fact]
    public void The_template_gives_a_host_to_mocks_that_name_none()
    {
        var plan = ExposurePlan.Of(MockBuilder.Mock(new MockServerSpec { Ingress = new IngressSpec() }), Template("{name}-{namespace}.mocks.example.com"));
        Assert.Equal("http://petstore-shop.mocks.example.com", plan.Ingress!.Url);
        Assert.Empty(plan.Prefixes);
    }

    [Theory]
    [InlineData("{name}-{namespace}.mocks.example.com", "a-b", "c", "a", "b-c")]
    [InlineData("{namespace}-{name}.mocks.example.com", "a", "b-c", "a-b", "c")]
    [InlineData("x-{name}-in-{namespace}.mocks.example.com", "a-in-b", "c", "a", "b-in-c")]
    [InlineData("{name}{namespace}.mocks.example.com", "ab", "c", "a", "bc")]
    [InlineData("{name}.{namespace}.mocks.example.com", "a-b", "c", "a", "b-c")]
    public void Two_mocks_whose_names_run_together_get_two_hosts(string template, string name, string ns, string otherName, string otherNamespace)
        => Assert.NotEqual(Host(template, name, ns), Host(template, otherName, otherNamespace));

    [Theory]
    [InlineData("{name}-{namespace}.mocks.example.com", "petstore", "shop", "petstore-shop.mocks.example.com")]
    [InlineData("{name}.{namespace}.mocks.example.com", "pet-store", "team-a", "pet-store.team-a.mocks.example.com")]
    [InlineData("{name}-in-{namespace}.mocks.example.com", "pet-store", "team-a", "pet-store-in-team-a.mocks.example.com")]
    public void A_host_that_can_be_read_in_one_way_only_stays_as_the_template_says(string template, string name, string ns, string host)
        => Assert.Equal(host, Host(template, name, ns));

    private static string Host(string template, string name, string ns)
        => ExposurePlan.Of(MockBuilder.Mock(new MockServerSpec { Ingress = new IngressSpec() }, name: name, ns: ns), Template(template)).Ingress!.Host;

    [Fact]
    public void A_host_that_is_too_long_is_told()
    {
        var mock = MockBuilder.Mock(new MockServerSpec { Ingress = new IngressSpec() }, name: new string('a', 40), ns: new string('b', 40));
        Assert.Contains("no host name", ExposurePlan.Of(mock, Template("{name}-{namespace}.mocks.example.com")).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_template_and_host_there_is_nothing_to_expose()
        => Assert.Contains("--domain-template", ExposurePlan.Of(MockBuilder.Mock(new MockServerSpec { Ingress = new IngressSpec() }), null).Problem, StringComparison.Ordinal);

    [Theory]
    [InlineData(null, "https://petstore.example.com", null)]
    [InlineData("/", "https://petstore.example.com", null)]
    [InlineData("/mocks/petstore", "https://petstore.example.com/mocks/petstore", "/mocks/petstore")]
    [InlineData("/mocks/", "https://petstore.example.com/mocks", "/mocks")]
    public void A_path_is_part_of_the_URL_and_stripped_by_the_runtime(string? path, string url, string? stripped)
    {
        var spec = new MockServerSpec { Ingress = new IngressSpec { Host = "petstore.example.com", Path = path, Tls = new IngressTlsSpec() } };
        var plan = ExposurePlan.Of(MockBuilder.Mock(spec), null);
        Assert.Equal(url, plan.Ingress!.Url);
        Assert.Equal(stripped, plan.Prefixes.SingleOrDefault()?.Path);
    }

    [Fact]
    public void An_ingress_leads_to_the_service_and_asks_for_no_rewriting()
    {
        var spec = new MockServerSpec
        {
            Ingress = new IngressSpec
            {
                ClassName = "nginx",
                Host = "petstore.example.com",
                Path = "/api",
                Tls = new IngressTlsSpec { IssuerRef = new() { Name = "letsencrypt", Kind = "ClusterIssuer" } },
                Annotations = new Dictionary<string, string> { ["example.com/own"] = "1", ["cert-manager.io/cluster-issuer"] = "other" },
            },
        };
        var mock = MockBuilder.Mock(spec);
        var ingress = IngressBuilder.Build(mock, ExposurePlan.Of(mock, null).Ingress!, IngressCors.None);
        var path = Assert.Single(Assert.Single(ingress.Spec.Rules).Http.Paths);
        Assert.Equal("petstore-mock", ingress.Metadata.Name);
        Assert.Equal("nginx", ingress.Spec.IngressClassName);
        Assert.Equal(("/api", "Prefix", "petstore", "http"), (path.Path, path.PathType, path.Backend.Service.Name, path.Backend.Service.Port.Name));
        Assert.Equal("petstore-tls", Assert.Single(ingress.Spec.Tls).SecretName);
        Assert.Equal("letsencrypt", ingress.Metadata.Annotations["cert-manager.io/cluster-issuer"]);
        Assert.Equal("1", ingress.Metadata.Annotations["example.com/own"]);
        Assert.DoesNotContain(ingress.Metadata.Annotations.Keys, key => key.Contains("rewrite", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(null, null, "issuer=ca")]
    [InlineData("Issuer", "cert-manager.io", "issuer=ca")]
    [InlineData("ClusterIssuer", null, "cluster-issuer=ca")]
    [InlineData("AWSPCAClusterIssuer", "awspca.cert-manager.io", "issuer-group=awspca.cert-manager.io issuer-kind=AWSPCAClusterIssuer issuer=ca")]
    [InlineData("ClusterIssuer", "certs.example.com", "issuer-group=certs.example.com issuer-kind=ClusterIssuer issuer=ca")]
    public void An_issuer_is_named_as_cert_manager_reads_it(string? kind, string? group, string annotations)
    {
        var mock = MockBuilder.Mock(new MockServerSpec { Ingress = new IngressSpec { Host = "a.example.com", Tls = new IngressTlsSpec { IssuerRef = new() { Name = "ca", Kind = kind, Group = group } } } });
        var ingress = IngressBuilder.Build(mock, ExposurePlan.Of(mock, null).Ingress!, IngressCors.None);
        Assert.Equal(annotations, string.Join(' ', ingress.Metadata.Annotations
            .Where(static pair => pair.Key.StartsWith("cert-manager.io/", StringComparison.Ordinal)).Select(static pair => $"{pair.Key["cert-manager.io/".Length..]}={pair.Value}").Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_route_attaches_to_other_kinds_than_Gateways()
    {
        var spec = new MockServerSpec
        {
            Gateway = new GatewaySpec
            {
                ParentRefs = [new GatewayParentReference { Name = "edge" }, new GatewayParentReference { Name = "shop", Group = "gateway.networking.x-k8s.io", Kind = "XListenerSet", Port = 8443 }],
                Hostnames = ["a.example.com"],
            },
        };
        var mock = MockBuilder.Mock(spec);
        var parents = HttpRouteBuilder.Build(mock, ExposurePlan.Of(mock, null).Gateway, null).Spec!["parentRefs"]!.AsArray();
        Assert.Equal(
            ["gateway.networking.k8s.io/Gateway edge ", "gateway.networking.x-k8s.io/XListenerSet shop 8443"],
            parents.Select(static parent => $"{parent!["group"]}/{parent["kind"]} {parent["name"]} {parent["port"]}"));
    }

    [Fact]
    public void The_users_own_middlewares_come_before_ours()
    {
        const string Name = "traefik.ingress.kubernetes.io/router.middlewares";
        var spec = new MockServerSpec { Ingress = new IngressSpec { Host = "a.example.com", Annotations = new Dictionary<string, string> { [Name] = "shop-auth@kubernetescrd" } } };
        var cors = new IngressCors(new Dictionary<string, string> { [Name] = "shop-petstore-mock@kubernetescrd" }, []);
        var mock = MockBuilder.Mock(spec);
        var ingress = IngressBuilder.Build(mock, ExposurePlan.Of(mock, null).Ingress!, cors);
        Assert.Equal("shop-auth@kubernetescrd,shop-petstore-mock@kubernetescrd", ingress.Metadata.Annotations[Name]);
    }

    [Fact]
    public void A_route_attaches_to_its_gateways_with_a_CORS_filter_when_asked_for()
    {
        var spec = new MockServerSpec
        {
            Gateway = new GatewaySpec
            {
                ParentRefs = [new GatewayParentReference { Name = "edge", Namespace = "infra", SectionName = "https" }],
                Hostnames = ["a.example.com", "b.example.com"],
                Path = "/api",
            },
            Cors = new CorsSpec { At = CorsLocation.Ingress, AllowOrigins = ["https://*.example.com"], AllowHeaders = ["X-A"] },
        };
        var mock = MockBuilder.Mock(spec);
        var plan = ExposurePlan.Of(mock, null);
        Assert.Equal("https://a.example.com/api", plan.Gateway[0].Url);
        Assert.Equal(["a.example.com", "b.example.com"], plan.Prefixes.Select(prefix => prefix.Host));
        Assert.True(ExplicitCors.TryExpand(spec.Cors, null, out var cors, out _));
        Assert.True(CorsAtGateway.TryRender(cors, out var filter, out _));
        var route = HttpRouteBuilder.Build(mock, plan.Gateway, filter).Spec!;
        Assert.Equal("edge", (string?)route["parentRefs"]![0]!["name"]);
        Assert.Equal("https", (string?)route["parentRefs"]![0]!["sectionName"]);
        Assert.Equal("/api", (string?)route["rules"]![0]!["matches"]![0]!["path"]!["value"]);
        Assert.Equal("CORS", (string?)route["rules"]![0]!["filters"]![0]!["type"]);
        Assert.Equal("https://*.example.com", (string?)route["rules"]![0]!["filters"]![0]!["cors"]!["allowOrigins"]![0]);
        Assert.Null(HttpRouteBuilder.Build(mock, plan.Gateway, null).Spec!["rules"]![0]!["filters"]);
    }
}
