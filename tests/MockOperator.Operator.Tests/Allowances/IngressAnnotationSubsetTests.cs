using MockOperator.Operator.Allowances;
using MockOperator.Operator.Tests.Installation;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Allowances;

public sealed class IngressAnnotationSubsetTests
{
    [Theory]
    [InlineData("nginx.ingress.kubernetes.io/proxy-body-size", "8m")]
    [InlineData("nginx.ingress.kubernetes.io/whitelist-source-range", "10.0.0.0/8,192.168.0.0/16")]
    [InlineData("traefik.ingress.kubernetes.io/router.entrypoints", "web,websecure")]
    [InlineData("cert-manager.io/duration", "2160h")]
    [InlineData("note", "anything at all; {it is} ours")]
    public void Sizes_times_limits_and_redirects_are_allowed(string key, string value) => Assert.Empty(Check(key, value));

    [Theory]
    [InlineData("nginx.ingress.kubernetes.io/configuration-snippet", "more_set_headers x;")]
    [InlineData("nginx.ingress.kubernetes.io/server-snippet", "location /x {}")]
    [InlineData("nginx.ingress.kubernetes.io/auth-url", "http://other")]
    [InlineData("nginx.ingress.kubernetes.io/auth-secret", "other/secret")]
    [InlineData("nginx.ingress.kubernetes.io/canary", "true")]
    [InlineData("nginx.ingress.kubernetes.io/mirror-target", "http://other")]
    [InlineData("nginx.ingress.kubernetes.io/enable-cors", "true")]
    [InlineData("traefik.ingress.kubernetes.io/router.middlewares", "other-auth@kubernetescrd")]
    [InlineData("traefik.ingress.kubernetes.io/router.priority", "1000")]
    [InlineData("haproxy.org/backend-config-snippet", "x")]
    [InlineData("alb.ingress.kubernetes.io/group.name", "shared")]
    [InlineData("external-dns.alpha.kubernetes.io/hostname", "bank.example.com")]
    [InlineData("cert-manager.io/secret-template", "{}")]
    [InlineData("example.com/own", "1")]
    public void What_configures_a_controller_or_leads_elsewhere_is_refused_with_the_cure(string key, string value)
    {
        SpecProblem problem = Assert.Single(Check(key, value));

        Assert.Equal($"ingress.annotations[{key}]", problem.Path);
        Assert.Contains($"--allowed-metadata={key}", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("8m; more_set_headers x")]
    [InlineData("8m\n}")]
    [InlineData("{8}")]
    [InlineData("8m more")]
    public void A_value_cannot_end_a_word_line_or_block_of_a_configuration(string value) =>
        Assert.Contains("value", Assert.Single(Check("nginx.ingress.kubernetes.io/proxy-body-size", value)).Message, StringComparison.Ordinal);

    [Fact]
    public void The_operators_settings_open_one_key_or_all()
    {
        Assert.True(MetadataKeys.TryParse(["nginx.ingress.kubernetes.io/auth-url"], out MetadataKeys? keys, out _));
        var spec = new MockServerSpec { Ingress = new IngressSpec { Annotations = new Dictionary<string, string> { ["nginx.ingress.kubernetes.io/auth-url"] = "http://auth; x" } } };

        Assert.Empty(new UserAllowances { Metadata = keys }.Check(spec));
        Assert.Empty(new UserAllowances { IngressAnnotations = AllowedFields.Any }.Check(spec));
    }

    [Fact]
    public void The_page_about_Ingresses_names_every_key()
    {
        string page = File.ReadAllText(Path.Combine(Manifests.Root, "docs", "ingress.md"));

        Assert.All(IngressAnnotationSubset.KnownKeys, key =>
        {
            string[] parts = key.Split('/');
            Assert.Contains($"`{parts[0]}/`", page, StringComparison.Ordinal);
            Assert.Contains($"`{parts[1]}`", page, StringComparison.Ordinal);
        });
    }

    private static IReadOnlyList<SpecProblem> Check(string key, string value) =>
        new UserAllowances().Check(new MockServerSpec { Ingress = new IngressSpec { Annotations = new Dictionary<string, string> { [key] = value } } });
}
