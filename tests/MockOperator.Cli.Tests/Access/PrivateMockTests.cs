using System.Net;
using System.Text.Json;

namespace MockOperator.Cli.Tests.Access;

public sealed class PrivateMockTests
{
    private const string Key = "right-key-right-key-right-key";

    private static string Mock(string access, string secrets = $"team-a: {Key}") => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
        {{access}}
          matching: {headers: [x-api-key]}
          collection:
            examples:
            - name: /pets
              request: {path: /pets}
              response:
                body: "key {{"{{"}}$headers 'x-api-key'{{"}}"}} auth {{"{{"}}$headers 'Authorization'{{"}}"}}"
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: petstore-api-keys}
        stringData: {{{secrets}}}
        """;

    private static async Task<JsonElement> ErrorAsync(HttpResponseMessage response)
    {
        using var body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return body.RootElement.GetProperty("error").Clone();
    }

    [Fact]
    public async Task A_caller_without_a_key_is_told_the_cure()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
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
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
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
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
        var response = await served.SendAsync("GET", "/pets", ("x-api-key", "wrong"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("apiKeyUnknownError", (await ErrorAsync(response)).GetProperty("name").GetString());
        await served.MetricsAsync("outcome=\"unauthorized\"} 1");
    }

    [Fact]
    public async Task Guessing_ends_in_a_wait()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
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
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        served.Write(Mock("  private: false"));
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets")).StatusCode);
        var body = await (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(Key, body, StringComparison.Ordinal);
        served.Write(Mock("  private: true"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).StatusCode);
    }

    [Fact]
    public async Task Keys_rotate_with_overlap()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true", "old: first-key"));
        served.Write(Mock("  private: true", "old: first-key, new: second-key"));
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
        served.Write(Mock("  private: true", "new: second-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
        Assert.DoesNotContain("key=\"old\"", await served.MetricsAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  private: true\n  apiKeys: {secretRef: {name: absent}}", "team-a: some-key")]
    [InlineData("  private: true", "")]
    [InlineData("  private: true", "team-a: ''")]
    [InlineData("  private: true", "team-a: some-key, team-b: ''")]
    public async Task A_private_mock_without_usable_keys_refuses_everybody(string access, string secrets)
    {
        await using var served = await ServedFiles.OpenAsync(Mock(access, secrets));
        var response = await served.SendAsync("GET", "/pets", ("x-api-key", "some-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal("apiKeysUnavailableError", (await ErrorAsync(response)).GetProperty("name").GetString());
        Assert.Contains(served.Write(Mock(access, secrets + " ") + "\n")?.Problems ?? [], problem => problem.Message.Contains("refuses every call", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_key_that_was_taken_back_is_dead_even_when_the_new_content_is_broken()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true", "old: first-key, new: second-key"));
        served.Write(Mock("  private: true\n  cors: {allowOrigins: ['https://example.com/path']}", "new: second-key"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", "first-key"))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-api-key", "second-key"))).StatusCode);
    }

    [Fact]
    public async Task Another_header_and_the_bearer_form_can_be_asked_for()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true\n  apiKeys: {header: X-Team-Key, bearer: true}"));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets", ("x-api-key", Key))).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await served.SendAsync("GET", "/pets", ("x-team-key", Key))).StatusCode);
        var response = await served.SendAsync("GET", "/pets", ("Authorization", $"Bearer {Key}"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.DoesNotContain(Key, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_preflight_needs_no_key_and_is_not_counted()
    {
        await using var served = await ServedFiles.OpenAsync(Mock("  private: true"));
        var response = await served.SendAsync(
            "OPTIONS", "/pets", ("Origin", "https://app.example.com"), ("Access-Control-Request-Method", "GET"), ("Access-Control-Request-Headers", "x-api-key"));
        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("x-api-key", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Headers")));
        Assert.Equal(HttpStatusCode.Unauthorized, (await served.SendAsync("GET", "/pets")).StatusCode);
        string metrics = await served.MetricsAsync("outcome=\"unauthorized\"} 1");
        Assert.Single(metrics.Split('\n'), static line => line.StartsWith("mock_requests_total{", StringComparison.Ordinal));
    }
}
