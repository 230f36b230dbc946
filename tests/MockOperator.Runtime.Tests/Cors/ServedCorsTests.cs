using System.Net;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Cors;

public sealed class ServedCorsTests
{
    private static MockDefinition Mock(CorsSpec? cors = null) => MountedBundle.Definition(
        Example("GET", "/pets", new() { Body = "[]" }),
        Example("GET", "/own", new() { Headers = [new() { Name = "Access-Control-Allow-Origin", Value = "https://own.example.com" }, new() { Name = "Vary", Value = "Accept" }], Body = "[]" }),
        Example("OPTIONS", "/pets", new() { Status = 200, Body = "mine" }),
        Example("DELETE", "/pets", new() { Status = 204 })) with
    { Cors = cors };

    private static ExampleSpec Example(string method, string path, ExampleResponseSpec response) =>
        new() { Name = $"{method} {path}", Request = new ExampleRequestSpec { Method = method, Path = path }, Response = response };

    private static string? Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : null;

    [Theory]
    [InlineData("GET", "/pets", HttpStatusCode.OK)]
    [InlineData("DELETE", "/pets", HttpStatusCode.NoContent)]
    [InlineData("GET", "/absent", HttpStatusCode.NotFound)]
    [InlineData("GET", "/%zz", HttpStatusCode.BadRequest)]
    public async Task Every_answer_can_be_read_by_any_page_unless_something_is_said(string method, string path, HttpStatusCode status)
    {
        await using var served = await MountedMock.OpenAsync(Mock());
        var response = path.Contains('%', StringComparison.Ordinal)
            ? await served.Http.SendAsync(
                new HttpRequestMessage(new HttpMethod(method), new Uri(served.Url + path[1..], new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true })),
                TestContext.Current.CancellationToken)
            : await served.SendAsync(method, path, ("Origin", "https://app.example.com"));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("*", Header(response, "Access-Control-Expose-Headers"));
    }

    [Fact]
    public async Task A_listed_origin_is_echoed_and_another_is_not()
    {
        await using var served = await MountedMock.OpenAsync(Mock(new CorsSpec { AllowOrigins = ["https://*.example.com"], AllowCredentials = true }));
        var listed = await served.SendAsync("GET", "/pets", ("Origin", "https://app.example.com"));
        var other = await served.SendAsync("GET", "/pets", ("Origin", "https://evil.example.net"));
        Assert.Equal("https://app.example.com", Header(listed, "Access-Control-Allow-Origin"));
        Assert.Equal("true", Header(listed, "Access-Control-Allow-Credentials"));
        Assert.Equal("Origin", Header(listed, "Vary"));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        Assert.Null(Header(other, "Access-Control-Allow-Origin"));
        Assert.Equal("Origin", Header(other, "Vary"));
    }

    [Fact]
    public async Task The_headers_of_an_example_win()
    {
        await using var served = await MountedMock.OpenAsync(Mock());
        var response = await served.SendAsync("GET", "/own", ("Origin", "https://app.example.com"));
        Assert.Equal("https://own.example.com", Header(response, "Access-Control-Allow-Origin"));
        Assert.Equal("Accept", Header(response, "Vary"));
    }

    [Fact]
    public async Task A_preflight_is_answered_without_an_example_and_a_plain_OPTIONS_with_one()
    {
        await using var served = await MountedMock.OpenAsync(Mock());
        var preflight = await served.SendAsync("OPTIONS", "/pets", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal(HttpStatusCode.NoContent, preflight.StatusCode);
        Assert.Contains("PUT", Header(preflight, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        var plain = await served.SendAsync("OPTIONS", "/pets", ("Origin", "https://app.example.com"));
        Assert.Equal("mine", await plain.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var metrics = await served.MetricsAsync("outcome=\"matched\"} 1");
        Assert.Single(metrics.Split('\n'), static line => line.StartsWith("mock_requests_total{", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_refused_preflight_says_why_and_allows_nothing()
    {
        await using var served = await MountedMock.OpenAsync(Mock(new CorsSpec { AllowOrigins = ["https://app.example.com"] }));
        var response = await served.SendAsync("OPTIONS", "/pets", ("Origin", "https://evil.example.net"), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain(response.Headers, header => header.Key.StartsWith("Access-Control", StringComparison.Ordinal));
        Assert.Contains("allowOrigins", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_it_is_off_preflights_meet_the_examples()
    {
        await using var served = await MountedMock.OpenAsync(Mock(new CorsSpec { Enabled = false }));
        var response = await served.SendAsync("OPTIONS", "/pets", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "PUT"));
        Assert.Equal("mine", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Null(Header(response, "Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Broken_rules_are_told_and_what_was_served_stays()
    {
        await using var served = await MountedMock.OpenAsync(Mock());
        served.Edit(Mock(new CorsSpec { AllowOrigins = ["*"], AllowCredentials = true }));
        Assert.Contains("cors.allowOrigins[0]", served.State.Problem, StringComparison.Ordinal);
        Assert.Equal("*", Header(await served.SendAsync("GET", "/pets"), "Access-Control-Allow-Origin"));
    }
}
