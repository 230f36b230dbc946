using System.Text.Json.Nodes;
using MockOperator.Operator.Exposure;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Exposure;

public sealed class CorsAtGatewayTests
{
    private static readonly CorsSpec Rules = new()
    {
        At = CorsLocation.Ingress,
        AllowOrigins = ["https://app.example.com", "https://*.example.org:8443", "https://APP.example.com:443"],
        AllowMethods = ["GET", "PUT", "GET"],
        AllowHeaders = ["X-Trace"],
        ExposeHeaders = ["X-Total", "X-Total"],
        AllowCredentials = true,
        MaxAge = "1h",
    };

    private static (JsonObject? Filter, string? Problem) Render(CorsSpec spec)
    {
        Assert.True(ExplicitCors.TryExpand(spec, null, out var rules, out var problem), problem);
        return CorsAtGateway.TryRender(rules, out var filter, out problem) ? (filter, null) : (null, problem);
    }

    [Fact]
    public void The_rules_become_a_filter_whose_lists_are_sets()
        => Assert.Equal(
            """{"allowOrigins":["https://app.example.com","https://*.example.org:8443"],"allowMethods":["GET","PUT"],"allowHeaders":["X-Trace"],"exposeHeaders":["X-Total"],"allowCredentials":true,"maxAge":3600}""",
            Render(Rules).Filter!.ToJsonString());

    [Fact]
    public void Credentials_that_are_not_allowed_are_left_out_for_v1_3_takes_nothing_but_true()
        => Assert.False(Render(Rules with { AllowCredentials = false }).Filter!.ContainsKey("allowCredentials"));

    [Fact]
    public void Every_origin_excludes_all_others()
        => Assert.Equal("""["*"]""", Render(Rules with { AllowCredentials = false, AllowOrigins = ["https://app.example.com", "*"] }).Filter!["allowOrigins"]!.ToJsonString());

    public static TheoryData<CorsSpec, string> Inexpressible => new()
    {
        { Rules with { AllowCredentials = false, AllowOrigins = ["null"] }, "'null'" },
        { Rules with { AllowOrigins = ["https://pr-*.example.com"] }, "pr-*" },
        { Rules with { AllowOrigins = ["http://[::1]:3000"] }, "[::1]" },
        { Rules with { AllowOrigins = ["app://example.com"] }, "app://example.com" },
        { Rules with { AllowOrigins = ["https://a_b.example.com"] }, "a_b" },
        { Rules with { AllowMethods = ["PURGE"] }, "PURGE" },
        { Rules with { MaxAge = "0s" }, "maxAge" },
    };

    [Theory]
    [MemberData(nameof(Inexpressible))]
    public void What_the_filter_cannot_express_is_refused_with_the_cure(CorsSpec spec, string word)
    {
        var (_, problem) = Render(spec);
        Assert.Contains(word, problem, StringComparison.Ordinal);
        Assert.Contains("Runtime", problem, StringComparison.Ordinal);
    }
}
