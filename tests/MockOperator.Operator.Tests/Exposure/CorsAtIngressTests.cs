using System.Text.RegularExpressions;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class CorsAtIngressTests
{
    private static readonly CorsSpec Rules = new()
    {
        At = CorsLocation.Ingress,
        AllowOrigins = ["https://app.example.com", "https://*.example.org:8443"],
        AllowMethods = ["GET", "PUT"],
        AllowHeaders = ["X-Trace"],
        ExposeHeaders = ["X-Total"],
        AllowCredentials = true,
        MaxAge = "1h",
    };

    private static IngressCors Render(CorsSpec spec, IngressControllerKind controller, AccessDefinition? access = null)
    {
        Assert.True(CorsAtIngress.TryRender(spec, access, controller, "shop-petstore@kubernetescrd", out var rendered, out var problem), problem);
        return rendered;
    }

    private static string Refuse(CorsSpec spec, IngressControllerKind controller)
    {
        Assert.False(CorsAtIngress.TryRender(spec, null, controller, "m", out _, out var problem));
        return problem;
    }

    [Fact]
    public void Nothing_is_rendered_while_the_runtime_speaks()
        => Assert.Empty(Render(Rules with { At = CorsLocation.Runtime }, IngressControllerKind.Unknown).Annotations);

    [Fact]
    public void Ingress_nginx_takes_annotations()
        => Assert.Equal(
            new Dictionary<string, string>
            {
                ["nginx.ingress.kubernetes.io/enable-cors"] = "true",
                ["nginx.ingress.kubernetes.io/cors-allow-origin"] = "https://app.example.com, https://*.example.org:8443",
                ["nginx.ingress.kubernetes.io/cors-allow-methods"] = "GET, PUT",
                ["nginx.ingress.kubernetes.io/cors-allow-headers"] = "X-Trace",
                ["nginx.ingress.kubernetes.io/cors-expose-headers"] = "X-Total",
                ["nginx.ingress.kubernetes.io/cors-allow-credentials"] = "true",
                ["nginx.ingress.kubernetes.io/cors-max-age"] = "3600",
            },
            Render(Rules, IngressControllerKind.IngressNginx).Annotations);

    [Fact]
    public void Credentials_are_turned_off_where_the_controller_would_allow_them()
        => Assert.Equal("false", Render(Rules with { AllowCredentials = null }, IngressControllerKind.IngressNginx).Annotations["nginx.ingress.kubernetes.io/cors-allow-credentials"]);

    [Fact]
    public void The_key_header_of_a_private_mock_is_allowed()
        => Assert.Equal(
            "X-Trace, x-api-key",
            Render(Rules, IngressControllerKind.IngressNginx, new AccessDefinition { Private = true }).Annotations["nginx.ingress.kubernetes.io/cors-allow-headers"]);

    [Fact]
    public void Traefik_takes_a_middleware()
    {
        var rendered = Render(Rules, IngressControllerKind.Traefik);
        Assert.Equal("shop-petstore@kubernetescrd", rendered.Annotations["traefik.ingress.kubernetes.io/router.middlewares"]);
        var headers = rendered.Middleware!["headers"]!;
        Assert.Equal("https://app.example.com", (string?)headers["accessControlAllowOriginList"]![0]);
        Assert.Equal(3600, (long)headers["accessControlMaxAge"]!);
        Assert.True((bool)headers["addVaryHeader"]!);
        Assert.True((bool)headers["accessControlAllowCredentials"]!);
    }

    [Theory]
    [InlineData("https://a.example.org:8443", true)]
    [InlineData("https://a.b.example.org:8443", true)]
    [InlineData("https://example.org:8443", false)]
    [InlineData("https://evilexample.org:8443", false)]
    [InlineData("https://a.example.org:84430", false)]
    [InlineData("https://a.exampleXorg:8443", false)]
    public void A_pattern_means_the_same_as_an_expression(string origin, bool allowed)
    {
        var expression = (string)Render(Rules, IngressControllerKind.Traefik).Middleware!["headers"]!["accessControlAllowOriginListRegex"]![0]!;
        Assert.Equal(allowed, Regex.IsMatch(origin, expression));
        Assert.True(OriginPattern.TryParse("https://*.example.org:8443", out var pattern));
        Assert.Equal(allowed, pattern.Matches(origin));
    }

    [Fact]
    public void HAProxy_takes_one_expression()
    {
        var annotations = Render(Rules with { ExposeHeaders = [] }, IngressControllerKind.HaProxy).Annotations;
        Assert.Matches(annotations["haproxy.org/cors-allow-origin"], "https://app.example.com");
        Assert.DoesNotMatch(annotations["haproxy.org/cors-allow-origin"], "https://appxexample.com");
        Assert.Equal("true", annotations["haproxy.org/cors-respond-to-options"]);
        // Without a unit it would mean milliseconds.
        Assert.Equal("3600s", annotations["haproxy.org/cors-max-age"]);
        Assert.Contains("exposeHeaders", Refuse(Rules, IngressControllerKind.HaProxy), StringComparison.Ordinal);
    }

    [Fact]
    public void HAProxy_Ingress_takes_exposed_headers_too()
    {
        var annotations = Render(Rules, IngressControllerKind.HaProxyIngress).Annotations;
        Assert.Equal("X-Total", annotations["haproxy-ingress.github.io/cors-expose-headers"]);
        Assert.Equal("3600", annotations["haproxy-ingress.github.io/cors-max-age"]);
        Assert.True(annotations.ContainsKey("haproxy-ingress.github.io/cors-allow-origin-regex"));
    }

    public static TheoryData<CorsSpec, IngressControllerKind, string> Inexpressible => new()
    {
        { Rules with { AllowHeaders = null }, IngressControllerKind.IngressNginx, "allowHeaders" },
        { Rules with { AllowHeaders = ["*"] }, IngressControllerKind.Traefik, "allowHeaders" },
        { Rules with { AllowPrivateNetwork = true }, IngressControllerKind.Traefik, "allowPrivateNetwork" },
        { Rules with { AllowOrigins = ["https://pr-*.example.com"] }, IngressControllerKind.IngressNginx, "wildcard within a label" },
        { Rules with { AllowOrigins = ["http://[::1]:3000"] }, IngressControllerKind.IngressNginx, "[::1]" },
        { Rules with { AllowMethods = ["M-SEARCH"] }, IngressControllerKind.IngressNginx, "M-SEARCH" },
        { Rules with { AllowMethods = [] }, IngressControllerKind.IngressNginx, "empty list" },
        { Rules with { AllowOrigins = ["chrome-extension://abc"] }, IngressControllerKind.IngressNginx, "chrome-extension" },
        { Rules with { AllowMethods = ["PURGE"], ExposeHeaders = [] }, IngressControllerKind.HaProxy, "PURGE" },
        { Rules with { AllowHeaders = ["X-%ts"], ExposeHeaders = [] }, IngressControllerKind.HaProxy, "X-%ts" },
        { Rules with { AllowHeaders = [], ExposeHeaders = [] }, IngressControllerKind.HaProxy, "empty list" },
        { Rules with { AllowMethods = ["M-SEARCH"] }, IngressControllerKind.HaProxyIngress, "M-SEARCH" },
        { Rules with { ExposeHeaders = ["X-$HOME"] }, IngressControllerKind.HaProxyIngress, "X-$HOME" },
        { Rules, IngressControllerKind.Contour, "Contour" },
        { Rules, IngressControllerKind.Unknown, "none whose CORS" },
    };

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_a_controller_cannot_express_is_refused_with_the_cure(CorsSpec spec, IngressControllerKind controller, string word)
    {
        var problem = Refuse(spec, controller);
        Assert.Contains(word, problem, StringComparison.Ordinal);
        Assert.Contains("Runtime", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("k8s.io/ingress-nginx", "any", IngressControllerKind.IngressNginx)]
    [InlineData("traefik.io/ingress-controller", "nginx", IngressControllerKind.Traefik)]
    [InlineData("haproxy.org/ingress-controller/haproxy", "haproxy", IngressControllerKind.HaProxy)]
    [InlineData("haproxy-ingress.github.io/controller", "haproxy", IngressControllerKind.HaProxyIngress)]
    [InlineData("projectcontour.io/contour/contour", null, IngressControllerKind.Contour)]
    [InlineData("nginx.org/ingress-controller", "nginx", IngressControllerKind.Unknown)]
    [InlineData(null, "traefik", IngressControllerKind.Traefik)]
    [InlineData(null, "mine", IngressControllerKind.Unknown)]
    [InlineData(null, null, IngressControllerKind.Unknown)]
    public void The_class_says_which_controller_it_is(string? controller, string? className, IngressControllerKind expected)
        => Assert.Equal(expected, IngressControllers.Of(controller, className));
}
