using MockOperator.Resources;
using MockOperator.Runtime.Cors;

namespace MockOperator.Runtime.Tests.Cors;

/// <summary>The Fetch standard's CORS protocol as a table: who may call what, judged by the browser's own algorithm.</summary>
public sealed class PreflightConformanceTests
{
    private const string App = "https://app.example.com";

    private static readonly Dictionary<string, CorsSpec?> Policies = new()
    {
        ["default"] = null,
        ["listed"] = new CorsSpec { AllowOrigins = [App, "http://localhost:3000"] },
        ["pattern"] = new CorsSpec { AllowOrigins = ["https://*.example.com"] },
        ["null"] = new CorsSpec { AllowOrigins = ["null"] },
        ["credentials"] = new CorsSpec { AllowOrigins = [App], AllowCredentials = true },
        ["credentials+patterns"] = new CorsSpec { AllowOrigins = ["https://*.example.com"], AllowCredentials = true, ExposeHeaders = ["X-Total"] },
        ["methods"] = new CorsSpec { AllowMethods = ["GET", "PUT"] },
        ["headers"] = new CorsSpec { AllowHeaders = ["X-Trace", "Content-Type"] },
        ["expose"] = new CorsSpec { ExposeHeaders = ["X-Total"] },
        ["nothing"] = new CorsSpec { AllowMethods = [], AllowHeaders = [], ExposeHeaders = [] },
        ["off"] = new CorsSpec { Enabled = false },
        ["ingress"] = new CorsSpec { At = CorsLocation.Ingress },
    };

    [Theory]
    // Simple requests: no preflight; the CORS check alone decides.
    [InlineData("default", App, "GET", "", false, true)]
    [InlineData("default", "null", "GET", "", false, true)]
    [InlineData("default", App, "get", "", false, true)]
    [InlineData("default", App, "POST", "", false, true)]
    [InlineData("listed", App, "GET", "", false, true)]
    [InlineData("listed", "http://localhost:3000", "GET", "", false, true)]
    [InlineData("listed", "http://localhost:3001", "GET", "", false, false)]
    [InlineData("listed", "https://other.example.com", "GET", "", false, false)]
    [InlineData("listed", "null", "GET", "", false, false)]
    [InlineData("pattern", App, "GET", "", false, true)]
    [InlineData("pattern", "https://a.b.example.com", "GET", "", false, true)]
    [InlineData("pattern", "https://example.com", "GET", "", false, false)]
    [InlineData("pattern", "https://app.example.com.evil.com", "GET", "", false, false)]
    [InlineData("null", "null", "GET", "", false, true)]
    [InlineData("null", App, "GET", "", false, false)]
    // Credentials: never with '*'.
    [InlineData("default", App, "GET", "", true, false)]
    [InlineData("listed", App, "GET", "", true, false)]
    [InlineData("credentials", App, "GET", "", true, true)]
    [InlineData("credentials", App, "GET", "", false, true)]
    [InlineData("credentials", "https://other.example.com", "GET", "", true, false)]
    [InlineData("credentials+patterns", App, "PUT", "x-any", true, true)]
    [InlineData("credentials+patterns", App, "PROPFIND", "authorization", true, true)]
    // Methods: case-sensitive but for the six that are normalised; safelisted ones need no permission.
    [InlineData("default", App, "PUT", "", false, true)]
    [InlineData("default", App, "DELETE", "", false, true)]
    [InlineData("default", App, "PATCH", "", false, true)]
    [InlineData("default", App, "patch", "", false, true)]
    [InlineData("default", App, "PROPFIND", "", false, true)]
    [InlineData("methods", App, "PUT", "", false, true)]
    [InlineData("methods", App, "put", "", false, true)]
    [InlineData("methods", App, "DELETE", "", false, false)]
    [InlineData("methods", App, "PATCH", "", false, false)]
    [InlineData("methods", App, "POST", "", false, true)]
    [InlineData("nothing", App, "POST", "", false, true)]
    [InlineData("nothing", App, "PUT", "", false, false)]
    // Headers: mirrored by default, Authorization included, which '*' would not allow.
    [InlineData("default", App, "GET", "x-api-key", false, true)]
    [InlineData("default", App, "GET", "authorization,x-api-key,x-trace", false, true)]
    [InlineData("default", App, "POST", "content-type", false, true)]
    [InlineData("headers", App, "GET", "x-trace", false, true)]
    [InlineData("headers", App, "GET", "X-TRACE", false, true)]
    [InlineData("headers", App, "GET", "x-trace,x-other", false, false)]
    [InlineData("headers", App, "GET", "authorization", false, false)]
    [InlineData("nothing", App, "GET", "x-trace", false, false)]
    // Silence is refusal.
    [InlineData("off", App, "GET", "", false, false)]
    [InlineData("ingress", App, "GET", "", false, false)]
    public void A_browser_lets_a_page_read_what_the_rules_say(string policy, string page, string method, string headers, bool credentials, bool readable)
    {
        var client = new FetchClient(CorsPolicy.Compile(Policies[policy], null));
        var unsafeHeaders = headers.Split(',', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(readable, client.Fetch(page, method, unsafeHeaders, credentials) is not null);
    }

    [Theory]
    [InlineData("default", false, "X-Total,X-Other,Content-Type", "X-Total,X-Other,Content-Type")]
    [InlineData("expose", false, "X-Total,X-Other,Content-Type", "X-Total,Content-Type")]
    [InlineData("nothing", false, "X-Total,Content-Type", "Content-Type")]
    [InlineData("credentials", true, "X-Total,Content-Type", "Content-Type")]
    [InlineData("credentials+patterns", true, "X-Total,X-Other", "X-Total")]
    public void A_page_reads_the_headers_that_are_exposed(string policy, bool credentials, string sent, string readable)
    {
        var client = new FetchClient(CorsPolicy.Compile(Policies[policy], null));
        var names = client.Fetch(App, credentials: credentials, answer: sent.Split(',').ToDictionary(name => name, _ => "1"));
        Assert.NotNull(names);
        Assert.Equal(readable.Split(',').Order(), names.Intersect(sent.Split(',')).Order());
    }

    [Theory]
    [InlineData("headers", "x-api-key", false, true)]
    [InlineData("headers", "authorization", false, false)]
    [InlineData("headers", "authorization", true, true)]
    [InlineData("nothing", "x-api-key", false, true)]
    public void A_page_may_always_send_the_key_of_a_private_mock(string policy, string header, bool bearer, bool readable)
    {
        var client = new FetchClient(CorsPolicy.Compile(Policies[policy], new AccessDefinition { Private = true, Bearer = bearer }));
        Assert.Equal(readable, client.Fetch(App, "GET", [header]) is not null);
    }
}
