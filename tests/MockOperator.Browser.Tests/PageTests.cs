using System.Text.Json;
using Microsoft.Playwright;
using MockOperator.Cli.Tests.Access;

namespace MockOperator.Browser.Tests;

/// <summary>Pages of one origin call mocks on another, in a real browser.</summary>
public sealed class PageTests(Browser browser) : IAsyncLifetime
{
    private const string Key = "a-key-for-this-test-only";

    private const string Script = """
        async ([url, options]) => {
          try {
            const response = await fetch(url, options);
            return { status: response.status, body: await response.text(), headers: Object.fromEntries(response.headers) };
          } catch (error) {
            return { status: 0, body: String(error), headers: {} };
          }
        }
        """;

    private Site _site = null!;

    public async ValueTask InitializeAsync() => _site = await Site.OpenAsync();

    public async ValueTask DisposeAsync() => await _site.DisposeAsync();

    private static string Manifests(string spec) => $$"""
        apiVersion: mockoperator.dev/v1alpha1
        kind: MockServer
        metadata: {name: petstore}
        spec:
          {{spec}}
          collection:
            examples:
            - name: /pets
              request: {path: /pets}
              response: {headers: [{name: X-Total, value: "3"}, {name: X-Page, value: "1"}], body: "pets for {{"{{"}}$headers 'Cookie' 'nobody'{{"}}"}}"}
            - name: PUT /pets/7
              request: {method: PUT, path: /pets/7}
              response: {status: 200, body: changed}
        ---
        apiVersion: v1
        kind: Secret
        metadata: {name: petstore-api-keys}
        stringData: {test: {{Key}}}
        """;

    private async Task<(int Status, string Body, JsonElement Headers)> CallAsync(string host, Uri url, object? options = null, params Cookie[] cookies)
    {
        var page = await browser.OpenAsync(new Uri(_site.Origin(host)), cookies);
        try
        {
            var answer = await page.EvaluateAsync<JsonElement>(Script, new[] { url.ToString(), options ?? new { } });
            return (answer.GetProperty("status").GetInt32(), answer.GetProperty("body").GetString()!, answer.GetProperty("headers"));
        }
        finally
        {
            await page.Context.CloseAsync();
        }
    }

    private static Uri On(ServedFiles served, string path) => new UriBuilder(new Uri(served.Url, path)) { Host = "localhost" }.Uri;

    [Fact]
    public async Task Any_page_reads_a_simple_answer_and_its_headers()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("displayName: any"));
        var (status, body, headers) = await CallAsync("app.localhost", On(served, "/pets"));
        Assert.Equal((200, "pets for nobody"), (status, body));
        Assert.Equal("3", headers.GetProperty("x-total").GetString());
    }

    [Fact]
    public async Task Any_page_may_send_what_needs_a_preflight()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("displayName: any"));
        var headers = new Dictionary<string, string> { ["Content-Type"] = "application/json", ["X-Trace"] = "1", ["Authorization"] = "Bearer of-the-api" };
        var (status, body, _) = await CallAsync("app.localhost", On(served, "/pets/7"), new { method = "PUT", headers, body = "{}" });
        Assert.Equal((200, "changed"), (status, body));
    }

    [Fact]
    public async Task A_page_reads_errors()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("displayName: any"));
        var (status, body, _) = await CallAsync("app.localhost", On(served, "/absent"));
        Assert.Equal(404, status);
        Assert.Contains("mockRequestNotFoundError", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_of_another_origin_than_those_listed_reads_nothing()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests($"cors: {{allowOrigins: ['{_site.Origin("app.localhost")}']}}"));
        Assert.Equal(200, (await CallAsync("app.localhost", On(served, "/pets"))).Status);
        Assert.Equal(200, (await CallAsync("app.localhost", On(served, "/pets/7"), new { method = "PUT" })).Status);
        Assert.Equal(0, (await CallAsync("evil.localhost", On(served, "/pets"))).Status);
        Assert.Equal(0, (await CallAsync("evil.localhost", On(served, "/pets/7"), new { method = "PUT" })).Status);
    }

    [Fact]
    public async Task A_wildcard_stands_for_the_names_below_a_domain()
    {
        var pattern = _site.Origin("*.apps.localhost");
        await using var served = await ServedFiles.OpenAsync(Manifests($"cors: {{allowOrigins: ['{pattern}']}}"));
        Assert.Equal(200, (await CallAsync("one.apps.localhost", On(served, "/pets"))).Status);
        Assert.Equal(200, (await CallAsync("two.one.apps.localhost", On(served, "/pets"))).Status);
        Assert.Equal(0, (await CallAsync("apps.localhost", On(served, "/pets"))).Status);
        Assert.Equal(0, (await CallAsync("evilapps.localhost", On(served, "/pets"))).Status);
    }

    [Fact]
    public async Task Credentials_reach_a_mock_that_allows_them_for_the_origin()
    {
        var cookie = new Cookie { Name = "session", Value = "s1", Domain = "localhost", Path = "/" };
        var include = new { credentials = "include" };
        await using var served = await ServedFiles.OpenAsync(Manifests($"cors: {{allowOrigins: ['{_site.Origin("localhost")}'], allowCredentials: true}}"));
        Assert.Equal((200, "pets for session=s1"), await Text(CallAsync("localhost", On(served, "/pets"), include, cookie)));
        served.Write(Manifests("cors: {}"));
        Assert.Equal(0, (await CallAsync("localhost", On(served, "/pets"), include, cookie)).Status);
        Assert.Equal(200, (await CallAsync("localhost", On(served, "/pets"))).Status);
    }

    [Fact]
    public async Task A_page_sees_the_headers_that_are_exposed_and_no_others()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("cors: {exposeHeaders: [X-Total]}"));
        var (_, _, headers) = await CallAsync("app.localhost", On(served, "/pets"));
        Assert.Equal("3", headers.GetProperty("x-total").GetString());
        Assert.False(headers.TryGetProperty("x-page", out _));
    }

    [Fact]
    public async Task A_header_or_method_that_is_not_allowed_is_not_sent()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("cors: {allowHeaders: [X-Trace], allowMethods: [GET]}"));
        Assert.Equal(200, (await CallAsync("app.localhost", On(served, "/pets"), new { headers = new Dictionary<string, string> { ["X-Trace"] = "1" } })).Status);
        Assert.Equal(0, (await CallAsync("app.localhost", On(served, "/pets"), new { headers = new Dictionary<string, string> { ["X-Other"] = "1" } })).Status);
        Assert.Equal(0, (await CallAsync("app.localhost", On(served, "/pets/7"), new { method = "PUT" })).Status);
    }

    [Fact]
    public async Task A_page_calls_a_private_mock_with_its_key_and_reads_what_is_wrong_without()
    {
        await using var served = await ServedFiles.OpenAsync(Manifests("private: true"));
        var (status, body, _) = await CallAsync("app.localhost", On(served, "/pets"));
        Assert.Equal(401, status);
        Assert.Contains("x-api-key", body, StringComparison.Ordinal);
        var withKey = await CallAsync("app.localhost", On(served, "/pets"), new { headers = new Dictionary<string, string> { ["x-api-key"] = Key } });
        Assert.Equal((200, "pets for nobody"), (withKey.Status, withKey.Body));
    }

    private static async Task<(int Status, string Body)> Text(Task<(int Status, string Body, JsonElement Headers)> call)
    {
        var (status, body, _) = await call;
        return (status, body);
    }
}
