using System.Net;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Access;

public sealed class PrivateMockTests
{
    private const string Key = "right-key-right-key-right-key";

    private static MockDefinition Mock(bool isPrivate = true, ApiKeysSpec? keys = null) =>
        MountedBundle.Definition(MountedBundle.Example("/pets", "key {{$headers 'x-api-key'}} auth {{$headers 'Authorization'}}")) with
        {
            Access = AccessDefinition.Of(isPrivate, keys),
            Matching = new MatchingSpec { Headers = ["x-api-key"] },
        };

    private static Task<MountedMock> OpenAsync(ApiKeysSpec? keys = null) => MountedMock.OpenAsync(Mock(keys: keys), new Dictionary<string, string> { ["team-a"] = Key });

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("error").Clone();
    }

    [Fact]
    public async Task A_caller_without_a_key_is_told_the_cure()
    {
        await using var served = await OpenAsync();
        var response = await served.SendAsync("GET", "/pets", ("Origin", "https://app.example.com"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        Assert.StartsWith("ApiKey", response.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
        var error = await ErrorAsync(response);
        Assert.Equal("apiKeyMissingError", error.GetProperty("name").GetString());
        Assert.Contains("x-api-key", error.GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_caller_with_a_key_is_served_and_the_key_is_seen_nowhere()
    {
        await using var served = await OpenAsync();
        var response = await served.SendAsync("GET", "/pets", ("x-api-key", Key), ("Authorization", "Bearer of-the-api"));
        var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(Key, body, StringComparison.Ordinal);
        Assert.Contains("auth Bearer of-the-api", body, StringComparison.Ordinal);
        var metrics = await served.MetricsAsync();
        Assert.Contains("mock_api_key_requests_total{mock=\"petstore\",key=\"team-a\"} 1", metrics, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_and_counted_as_unauthorized()
    {
        await using var served = await OpenAsync();
        var response = await served.SendAsync("GET", "/pets", ("x-api-key", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("apiKeyUnknownError", (await ErrorAsync(response)).GetProperty("name").GetString());
        await served.MetricsAsync("outcome=\"unauthorized\"} 1");
    }

    [Fact]
    public async Task Guessing_ends_in_a_wait()
    {
        await using var served = await OpenAsync();
        for (var guess = 0; guess < 200; guess++)
        {
            var response = await served.SendAsync("GET", "/pets", ("x-api-key", $"guess-{guess}"));
            if (response.StatusCode == HttpStatusCode.TooManyRequests)
            {
                Assert.NotNull(response.Headers.RetryAfter);
                return;
            }
        }

        Assert.Fail("200 wrong keys in a row were all judged.");
    }

    [Fact]
    public async Task Private_public_and_private_again_take_effect_at_once()
    {
        await using var served = await OpenAsync();
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        served.Edit(Mock(isPrivate: false));
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets")).StatusCode);
        var body = await (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Key, body, StringComparison.Ordinal);
        served.Edit(Mock());
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).StatusCode);
    }

    [Fact]
    public async Task Keys_rotate_with_overlap()
    {
        await using var served = await MountedMock.OpenAsync(Mock(), new Dictionary<string, string> { ["old"] = "first-key" });
        served.Edit(Mock(), new Dictionary<string, string> { ["old"] = "first-key", ["new"] = "second-key" });
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
        served.Edit(Mock(), new Dictionary<string, string> { ["new"] = "second-key" });
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
        Assert.DoesNotContain("key=\"old\"", await served.MetricsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("team-a=")]
    [InlineData("team-a=some-key,team-b=")]
    public async Task A_private_mock_without_usable_keys_refuses_everybody(string? secret)
    {
        Dictionary<string, string>? keys = secret?.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(static entry => entry.Split('=')).ToDictionary(static entry => entry[0], static entry => entry[1], StringComparer.Ordinal);
        await using var served = await MountedMock.OpenAsync(Mock(), keys);
        var response = await served.SendAsync("GET", "/pets", ("x-api-key", "some-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("apiKeysUnavailableError", (await ErrorAsync(response)).GetProperty("name").GetString());
        Assert.NotNull(served.State.KeyProblem);
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_dead_even_when_the_new_content_is_broken()
    {
        await using var served = await MountedMock.OpenAsync(Mock(), new Dictionary<string, string> { ["old"] = "first-key", ["new"] = "second-key" });
        served.Edit(Mock() with { Cors = new CorsSpec { AllowOrigins = ["https://example.com/path"] } }, new Dictionary<string, string> { ["new"] = "second-key" });
        Assert.NotNull(served.State.Problem);
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
    }

    [Fact]
    public async Task Another_header_and_the_bearer_form_can_be_asked_for()
    {
        await using var served = await OpenAsync(new ApiKeysSpec { Header = "X-Team-Key", Bearer = true });
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-team-key", Key))).StatusCode);
        var response = await served.SendAsync("GET", "/pets", ("Authorization", $"Bearer {Key}"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(Key, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preflight_needs_no_key_and_is_not_counted()
    {
        await using var served = await OpenAsync();
        var response = await served.SendAsync(
            "OPTIONS", "/pets", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "x-api-key"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("x-api-key", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        string metrics = await served.MetricsAsync("outcome=\"unauthorized\"} 1");
        Assert.Single(metrics.Split('\n'), static line => line.StartsWith("mock_requests_total{", StringComparison.Ordinal));
    }
}
