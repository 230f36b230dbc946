using System.Text.Json;

namespace MockOperator.Resources.Tests.MockServers;

public sealed class MockServerRulesTests
{
    private static readonly MockServerSpec s_good = new() { CollectionRef = new CollectionReference { Name = "petstore" } };

    [Fact]
    public void A_mock_with_a_collection_and_nothing_else_is_right() => Assert.Empty(MockServerRules.Check("petstore", s_good));

    [Theory]
    [InlineData("")]
    [InlineData("1st")]
    [InlineData("Petstore")]
    [InlineData("pet.store")]
    [InlineData("petstore-")]
    [InlineData("a2345678901234567890123456789012345678901234567890123")]
    public void A_name_that_cannot_be_a_Services_is_refused(string name) =>
        Assert.Equal("metadata.name", Assert.Single(MockServerRules.Check(name, s_good)).Path);

    [Fact]
    public void Neither_and_both_kinds_of_collection_are_refused()
    {
        MockServerSpec both = s_good with { Collection = new EmbeddedCollection { Examples = [] } };

        Assert.StartsWith("spec: ", Assert.Single(MockServerRules.Check("petstore", new MockServerSpec())).ToString(), StringComparison.Ordinal);
        Assert.Contains("exactly one", Assert.Single(MockServerRules.Check("petstore", both)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_embedded_collection_has_exactly_one_source()
    {
        MockServerSpec none = new() { Collection = new EmbeddedCollection() };
        MockServerSpec two = new() { Collection = new EmbeddedCollection { Examples = [], Postman = JsonDocument.Parse("{}").RootElement } };

        Assert.Equal("collection", Assert.Single(MockServerRules.Check("petstore", none)).Path);
        Assert.Equal("collection", Assert.Single(MockServerRules.Check("petstore", two)).Path);
    }

    [Theory]
    [InlineData("pets.example.com", "nginx", "/v1/pets/", "")]
    [InlineData("pets", "a.b-c", "/", "")]
    [InlineData("Pets.example.com", null, null, "ingress.host")]
    [InlineData("pets..example.com", null, null, "ingress.host")]
    [InlineData("-pets.example.com", null, null, "ingress.host")]
    [InlineData("pets.example.com\n", null, null, "ingress.host")]
    [InlineData("pets.example.com:80", "Nginx", "v1", "ingress.host ingress.className ingress.path")]
    [InlineData(null, "", "//", "ingress.className ingress.path")]
    [InlineData(null, null, "/v1//", "ingress.path")]
    [InlineData(null, null, "/v1?a", "ingress.path")]
    [InlineData(null, null, "", "ingress.path")]
    public void An_Ingress_is_as_the_schema_has_it(string? host, string? className, string? path, string places) =>
        Assert.Equal(places, Places(s_good with { Ingress = new IngressSpec { Host = host, ClassName = className, Path = path } }));

    [Fact]
    public void Header_names_and_server_responses_are_within_the_bounds_of_the_schema()
    {
        Assert.Equal("", Places(s_good with { Matching = new MatchingSpec { Headers = ["X-Tenant", new string('a', 256)] } }));
        Assert.Equal("matching.headers[0] matching.headers[1]", Places(s_good with { Matching = new MatchingSpec { Headers = ["X Tenant", new string('a', 257)] } }));
        Assert.Equal("matching.headers", Places(s_good with { Matching = new MatchingSpec { Headers = [.. Enumerable.Range(0, 33).Select(static index => $"X-{index}")] } }));

        var response = new ServerResponseSpec { Name = "down", Status = 503 };
        Assert.Equal("serverResponses", Places(s_good with { ServerResponses = [.. Enumerable.Range(0, 33).Select(index => response with { Name = $"{index}" })] }));
        Assert.Equal("serverResponses[0].name", Places(s_good with { ServerResponses = [response with { Name = new string('a', 254) }] }));
        Assert.Equal("serverResponses[0].body", Places(s_good with { ServerResponses = [response with { Body = new string('a', 1024 * 1024 + 1) }] }));
        Assert.Equal("serverResponses[0].headers[0].name serverResponses[0].headers[0].value", Places(s_good with { ServerResponses = [response with { Headers = [new HeaderSpec { Value = new string('a', 8193) }] }] }));
        Assert.Equal("serverResponses[0].headers", Places(s_good with { ServerResponses = [response with { Headers = [.. Enumerable.Range(0, 65).Select(static index => new HeaderSpec { Name = $"X-{index}" })] }] }));
    }

    private static string Places(MockServerSpec spec) => string.Join(' ', MockServerRules.Check("petstore", spec).Select(static problem => problem.Path));

    [Fact]
    public void Every_breach_names_its_place()
    {
        MockServerSpec spec = s_good with
        {
            Environment = new EnvironmentSpec { From = [new EnvironmentSource()], Postman = new PostmanEnvironmentSource() },
            Delay = new DelaySpec { Preset = DelayPreset.ThreeG, Fixed = "200s" },
            ServerResponses = [new ServerResponseSpec { Name = "down", Status = 399, Share = 101 }, new ServerResponseSpec { Name = "down", Status = 503, Share = 0 }, new ServerResponseSpec { Status = 600 }],
            ActiveServerResponse = "up",
            PublishUrl = new PublishUrlSpec { Address = PublishedAddress.External },
            Cors = new CorsSpec { At = CorsLocation.Ingress },
            Quota = new MockQuotaShorthand { Calls = -1 },
            RateLimit = new RateLimitSpec { Requests = 0, Per = "25h" },
            CallLog = new CallLogSpec { Entries = 0, Bytes = "63Ki", RedactHeaders = ["a b"] },
            Replicas = 101,
        };

        Assert.Equal(
            [
                "environment.from[0]", "environment.postman", "delay", "delay.fixed", "serverResponses[0].status", "serverResponses[0].share", "serverResponses[1].name", "serverResponses[1].share",
                "serverResponses[2].name", "serverResponses[2].status", "activeServerResponse", "quota.calls", "rateLimit.requests", "rateLimit.per", "callLog.entries",
                "callLog.bytes", "callLog.redactHeaders",
                "publishUrl.configMap", "publishUrl.address", "cors.at", "replicas",
            ],
            MockServerRules.Check("petstore", spec).Select(static problem => problem.Path));
    }
}
