using CsCheck;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using MockOperator.Resources;
using MockOperator.Runtime.Cors;

namespace MockOperator.Runtime.Tests.Cors;

public sealed class CorsPolicyTests
{
    private const string App = "https://app.example.com";
    private static readonly CorsSpec Listed = new() { AllowOrigins = [App, "https://*.preview.example.com"] };

    private static IHeaderDictionary Request(string? origin = App, string? method = null, string? headers = null)
    {
        IHeaderDictionary request = new HeaderDictionary();
        if (origin is not null)
            request.Origin = origin;
        if (method is not null)
            request.AccessControlRequestMethod = method;
        if (headers is not null)
            request.AccessControlRequestHeaders = headers;
        return request;
    }

    private static IHeaderDictionary Decorated(CorsSpec? spec, IHeaderDictionary request, params (string Name, string Value)[] example)
    {
        var response = new HeaderDictionary();
        foreach (var (name, value) in example)
            response[name] = value;
        CorsPolicy.Compile(spec, null).Decorate(request, response);
        return response;
    }

    private static IHeaderDictionary Preflight(CorsSpec? spec, IHeaderDictionary request, bool allowed = true)
    {
        IHeaderDictionary response = new HeaderDictionary();
        Assert.Equal(allowed, CorsPolicy.Compile(spec, null).AnswerPreflight(request, response));
        return response;
    }

    [Theory]
    [InlineData("OPTIONS", App, "GET", true)]
    [InlineData("OPTIONS", App, null, false)]
    [InlineData("OPTIONS", null, "GET", false)]
    [InlineData("GET", App, "GET", false)]
    [InlineData("options", App, "GET", false)]
    public void A_preflight_is_OPTIONS_with_an_origin_and_the_method_asked_for(string method, string? origin, string? asked, bool expected)
        => Assert.Equal(expected, CorsPolicy.Compile(null, null).IsPreflight(method, Request(origin, asked)));

    [Fact]
    public void A_silent_policy_leaves_preflights_to_the_examples()
        => Assert.False(CorsPolicy.Compile(new CorsSpec { Enabled = false }, null).IsPreflight("OPTIONS", Request(App, "GET")));

    [Fact]
    public void By_default_a_preflight_gets_what_it_asks_for()
    {
        var response = Preflight(null, Request(App, "PUT", "x-one, x-two"));
        Assert.Equal("*", response.AccessControlAllowOrigin);
        Assert.Equal("GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS", response.AccessControlAllowMethods);
        Assert.Equal("x-one, x-two", response.AccessControlAllowHeaders);
        Assert.Equal("600", response.AccessControlMaxAge);
        Assert.Equal("Access-Control-Request-Method, Access-Control-Request-Headers", response.Vary);
        Assert.Equal(0, response.AccessControlAllowCredentials.Count);
    }

    [Fact]
    public void A_refused_preflight_allows_nothing_and_still_varies()
    {
        var response = Preflight(Listed, Request("https://evil.example.net", "GET", "x-one"), allowed: false);
        Assert.Equal(["Vary"], response.Keys);
        Assert.Contains("Origin", response.Vary.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unusual_method_is_added_to_the_usual_ones()
        => Assert.EndsWith(", PROPFIND", Preflight(null, Request(App, "PROPFIND")).AccessControlAllowMethods.ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData("true", true, true)]
    [InlineData("true", false, false)]
    [InlineData("false", true, false)]
    [InlineData(null, true, false)]
    public void A_private_network_is_opened_when_asked_for_and_allowed(string? asked, bool allowed, bool expected)
    {
        var request = Request(App, "GET");
        if (asked is not null)
            request["Access-Control-Request-Private-Network"] = asked;
        var response = Preflight(new CorsSpec { AllowPrivateNetwork = allowed }, request);
        Assert.Equal(expected, response["Access-Control-Allow-Private-Network"] == "true");
    }

    [Theory]
    [InlineData("0s", "0")]
    [InlineData("90s", "90")]
    [InlineData("24h", "86400")]
    [InlineData(null, "600")]
    [InlineData("nonsense", "600")]
    public void The_time_to_remember_is_sent_in_seconds(string? age, string expected)
        => Assert.Equal(expected, Preflight(new CorsSpec { MaxAge = age }, Request(App, "GET")).AccessControlMaxAge);

    [Fact]
    public void Any_origin_is_answered_with_a_star_even_when_none_was_sent()
    {
        var response = Decorated(null, Request(origin: null));
        Assert.Equal("*", response.AccessControlAllowOrigin);
        Assert.Equal("*", response.AccessControlExposeHeaders);
        Assert.Equal(0, response.Vary.Count);
    }

    [Theory]
    [InlineData(App, App)]
    [InlineData("https://pr-1.preview.example.com", "https://pr-1.preview.example.com")]
    [InlineData("https://evil.example.net", null)]
    [InlineData(null, null)]
    public void A_listed_origin_is_echoed_and_every_answer_varies(string? origin, string? echoed)
    {
        var response = Decorated(Listed, Request(origin));
        Assert.Equal(echoed, (string?)response.AccessControlAllowOrigin);
        Assert.Equal(echoed is null ? null : "*", (string?)response.AccessControlExposeHeaders);
        Assert.Equal("Origin", response.Vary);
    }

    [Fact]
    public void Two_origins_are_none()
    {
        IHeaderDictionary request = new HeaderDictionary { ["Origin"] = new StringValues([App, App]) };
        Assert.Equal(0, Decorated(Listed, request).AccessControlAllowOrigin.Count);
        Assert.Equal(0, Decorated(Listed, Request($"{App}, {App}")).AccessControlAllowOrigin.Count);
    }

    [Theory]
    [InlineData("Accept", "Accept,Origin")]
    [InlineData("origin", "origin")]
    [InlineData("Accept, Origin", "Accept, Origin")]
    [InlineData("*", "*")]
    public void The_Vary_of_an_example_is_kept(string vary, string expected)
        => Assert.Equal(expected, Decorated(Listed, Request(), ("Vary", vary)).Vary.ToString());

    [Fact]
    public void The_CORS_headers_of_an_example_win()
    {
        var response = Decorated(
            new CorsSpec { AllowOrigins = [App], AllowCredentials = true, ExposeHeaders = ["X-A"] },
            Request(),
            ("Access-Control-Allow-Origin", "https://other.example.com"),
            ("Access-Control-Expose-Headers", "X-B"));
        Assert.Equal("https://other.example.com", response.AccessControlAllowOrigin);
        Assert.Equal("X-B", response.AccessControlExposeHeaders);
        Assert.Equal(0, response.AccessControlAllowCredentials.Count);
        Assert.Equal(0, response.Vary.Count);
    }

    [Fact]
    public void A_star_is_never_sent_with_credentials()
    {
        var broken = new CorsSpec { AllowOrigins = ["*", "null"], AllowCredentials = true };
        Assert.DoesNotContain(Decorated(broken, Request()), header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
        Assert.Equal(0, Decorated(broken, Request("null")).AccessControlAllowOrigin.Count);
        Assert.Equal(0, Decorated(new CorsSpec { AllowCredentials = true }, Request()).AccessControlAllowOrigin.Count);
    }

    [Theory]
    [InlineData("x-one\r\nSet-Cookie: a=b")]
    [InlineData("x-one, ")]
    [InlineData("x one")]
    [InlineData("x-one;x-two")]
    [InlineData("\"x\"")]
    public void Header_names_that_are_no_tokens_are_not_mirrored(string headers)
        => Assert.Equal(0, Preflight(null, Request(App, "GET", headers)).AccessControlAllowHeaders.Count);

    [Fact]
    public void A_list_of_headers_beyond_reason_is_not_mirrored()
        => Assert.Equal(0, Preflight(null, Request(App, "GET", new string('x', 5000))).AccessControlAllowHeaders.Count);

    [Theory]
    [InlineData("GET\r\nX: y")]
    [InlineData("G E T")]
    [InlineData("")]
    public void A_method_that_is_no_token_is_not_mirrored(string method)
        => Assert.Equal("GET, HEAD, PUT, PATCH, POST, DELETE, OPTIONS", Preflight(null, Request(App, method)).AccessControlAllowMethods);

    [Fact]
    public void Whatever_is_sent_no_response_header_holds_a_control_character()
        => Gen.Select(Gen.String, Gen.String, Gen.String, Gen.Bool).Sample((origin, method, headers, listed) =>
        {
            IHeaderDictionary response = new HeaderDictionary();
            var policy = CorsPolicy.Compile(listed ? Listed : null, null);
            var request = Request("https://" + origin + ".preview.example.com", method, headers);
            policy.AnswerPreflight(request, response);
            policy.Decorate(request, response);
            Assert.All(response, header => Assert.DoesNotContain(header.Value.ToString(), char.IsControl));
        });

    [Fact]
    public void A_static_answer_is_decorated_without_allocating()
    {
        var policy = CorsPolicy.Compile(new CorsSpec { AllowOrigins = ["https://*.example.com"], AllowCredentials = true, ExposeHeaders = ["X-A"] }, null);
        var request = Request();
        var response = new HeaderDictionary();
        Decorate(100);
        var before = GC.GetAllocatedBytesForCurrentThread();
        Decorate(1000);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void Decorate(int times)
        {
            for (var time = 0; time < times; time++)
            {
                response.Clear();
                policy.Decorate(request, response);
            }
        }
    }
}
