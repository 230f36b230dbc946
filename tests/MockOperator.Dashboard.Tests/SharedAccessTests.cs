using System.Text;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Testing;

namespace MockOperator.Dashboard.Tests;

/// <summary>The dashboard of everybody with a token.</summary>
public sealed class SharedAccessTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 27, 12, 0, 0, TimeSpan.Zero);

    private static string Jwt(string subject, DateTimeOffset expires, string more = "") =>
        $"{Part("""{"alg":"none"}""")}.{Part($$"""{"sub": "{{subject}}", "exp": {{expires.ToUnixTimeSeconds()}}{{more}}}""")}.c2ln";

    private static string Part(string json) => System.Buffers.Text.Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    [Fact]
    public async Task A_token_becomes_a_cookie_of_this_host_alone_that_does_not_show_it()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(PlayedCluster.AdminToken);
        var (name, value) = visitor.Cookies.Single(cookie => cookie.Key.StartsWith("__Host-", StringComparison.Ordinal));
        Assert.Equal("__Host-mock-session", name);
        Assert.DoesNotContain(PlayedCluster.AdminToken, value, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes(PlayedCluster.AdminToken)).TrimEnd('='), value, StringComparison.Ordinal);

        using var again = new Visitor(shown.Url);
        await again.PostAsync("/login", ("token", PlayedCluster.AdminToken), ("return", "/mocks"));
        var cookie = Assert.Single(again.SetCookies, static cookie => cookie.StartsWith("__Host-", StringComparison.Ordinal));
        foreach (var attribute in (string[])["secure", "httponly", "samesite=strict", "path=/"])
            Assert.Contains(attribute, cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Safari keeps no Secure cookie over http, and says nothing: the page would ask for the token again and again.</summary>
    [Fact]
    public async Task Whose_browser_keeps_no_cookie_is_told_so_and_nobody_else()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(PlayedCluster.AdminToken);
        Assert.All(visitor.SetCookies, static cookie => Assert.DoesNotContain(PlayedCluster.AdminToken, cookie, StringComparison.Ordinal));
        var session = visitor.Cookies["__Host-mock-session"];
        visitor.Cookies.Remove("__Host-mock-session");
        var refused = await visitor.GetAsync("/mocks");
        Assert.Equal(401, refused.Status);
        Assert.Contains("this browser kept no cookie", refused.Body, StringComparison.Ordinal);

        visitor.Cookies["__Host-mock-session"] = session;
        await visitor.GetAsync("/mocks");
        await visitor.PostAsync("/logout");
        Assert.DoesNotContain("kept no cookie", (await visitor.GetAsync("/mocks")).Body, StringComparison.Ordinal);
        using var stranger = new Visitor(shown.Url);
        Assert.DoesNotContain("kept no cookie", (await stranger.GetAsync("/mocks")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cookie_that_was_changed_is_nobodys()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(PlayedCluster.AdminToken);
        var value = visitor.Cookies["__Host-mock-session"];
        for (var at = 2; at < value.Length; at += 7)
        {
            visitor.Cookies["__Host-mock-session"] = $"{value[..at]}{(value[at] == 'A' ? 'B' : 'A')}{value[(at + 1)..]}";
            Assert.Equal(401, (await visitor.GetAsync("/mocks")).Status);
        }
    }

    [Theory]
    [InlineData("", "Paste a token")]
    [InlineData("two words", "That is no token")]
    [InlineData("unknown", "does not know this token")]
    public async Task A_token_that_is_none_is_told_so(string token, string said)
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = new Visitor(shown.Url);
        var answer = await visitor.PostAsync("/login", ("token", token), ("return", "/mocks"));
        Assert.Equal(401, answer.Status);
        Assert.Contains(said, answer.Body, StringComparison.Ordinal);
        Assert.Empty(visitor.Cookies);
    }

    [Fact]
    public async Task A_session_ends_with_its_token_whatever_the_browser_keeps()
    {
        var time = new FakeTimeProvider(Now);
        await using var shown = await Showcase.OpenSharedAsync(time: time);
        var token = Jwt("maria", Now.AddMinutes(10));
        shown.Cluster.Users[token] = PlayedUser.Admin;
        using var visitor = await shown.SignInAsync(token);
        Assert.Equal(200, (await visitor.GetAsync("/mocks")).Status);
        time.Advance(TimeSpan.FromMinutes(10));
        Assert.Equal(401, (await visitor.GetAsync("/mocks")).Status);
    }

    [Fact]
    public async Task A_token_of_several_cookies_is_read_again()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        var token = Jwt("maria", DateTimeOffset.UtcNow.AddHours(1), $", \"groups\": \"{new string('g', 7000)}\"");
        shown.Cluster.Users[token] = PlayedUser.Admin;
        using var visitor = await shown.SignInAsync(token);
        Assert.True(visitor.Cookies.Count(cookie => cookie.Key.StartsWith("__Host-", StringComparison.Ordinal)) > 2);
        var page = await visitor.GetAsync("/mocks");
        Assert.Equal(200, page.Status);
        Assert.Contains("maria", page.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replicas_with_the_same_key_know_each_others_sessions_and_others_do_not()
    {
        var key = new byte[32];
        key[7] = 1;
        await using var one = await Showcase.OpenSharedAsync(key: key);
        await using var other = await Showcase.OpenSharedAsync(key: key);
        await using var stranger = await Showcase.OpenSharedAsync();
        using var visitor = await one.SignInAsync(PlayedCluster.AdminToken);
        foreach (var (shown, status) in (IEnumerable<(Showcase, int)>)[(other, 200), (stranger, 401)])
        {
            using var there = new Visitor(shown.Url);
            foreach (var (name, value) in visitor.Cookies)
                there.Cookies[name] = value;
            Assert.Equal(status, (await there.GetAsync("/mocks")).Status);
        }
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(PlayedCluster.AdminToken);
        Assert.Equal(303, (await visitor.PostAsync("/logout")).Status);
        Assert.Equal(401, (await visitor.GetAsync("/mocks")).Status);
    }

    [Fact]
    public async Task A_trusted_header_says_who_asks_and_a_login_is_not_taken_beside_it()
    {
        await using var shown = await Showcase.OpenSharedAsync("X-Forwarded-Access-Token");
        using var visitor = new Visitor(shown.Url);
        Assert.Equal(401, (await visitor.GetAsync("/mocks?namespace=shop")).Status);
        Assert.Equal(405, (await visitor.PostAsync("/login", ("token", PlayedCluster.AdminToken))).Status);
        visitor.Headers["X-Forwarded-Access-Token"] = Showcase.EditorToken;
        Assert.Contains("Petstore", (await visitor.GetAsync("/mocks?namespace=shop")).Body, StringComparison.Ordinal);
        await visitor.GetAsync("/mocks/shop/petstore/status");
        Assert.Equal(303, (await visitor.PostAsync("/mocks/shop/petstore/pause")).Status);
    }

    [Fact]
    public async Task A_header_that_is_not_trusted_says_nothing()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = new Visitor(shown.Url);
        Assert.Equal(401, (await visitor.GetAsync("/mocks", ("Authorization", $"Bearer {PlayedCluster.AdminToken}"))).Status);
    }

    [Fact]
    public async Task Every_request_to_the_cluster_carries_the_callers_token()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var admin = await shown.SignInAsync(PlayedCluster.AdminToken);
        using var viewer = await shown.SignInAsync(Showcase.ViewerToken);
        shown.Cluster.Requests.Clear();
        await viewer.GetAsync("/mocks/shop/petstore/status");
        Assert.NotEmpty(shown.Cluster.Requests);
        Assert.All(shown.Cluster.Requests, request => Assert.Equal("viewer", request.User));
    }

    [Fact]
    public async Task A_session_that_is_over_keeps_what_was_typed()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(Showcase.EditorToken);
        await visitor.GetAsync("/mocks/shop/petstore/edit");
        shown.Cluster.Users.TryRemove(Showcase.EditorToken, out _);
        var over = await visitor.PostAsync("/mocks/shop/petstore/edit", ("title", "Typed \"name\""), ("do", "save"));
        Assert.Equal(401, over.Status);
        Assert.Contains("expired or was withdrawn", over.Body, StringComparison.Ordinal);
        Assert.Contains("name=\"kept.title\" value=\"Typed &quot;name&quot;\"", over.Body, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Cookies, cookie => cookie.Key.StartsWith("__Host-", StringComparison.Ordinal));

        shown.Cluster.Users["another"] = PlayedUser.Editor(Showcase.Namespace);
        var signedIn = await visitor.PostAsync("/login", ("token", "another"), ("return", "/mocks/shop/petstore/edit"), ("method", "post"), ("kept.title", "Typed \"name\""), ("kept.do", "save"));
        Assert.Equal(200, signedIn.Status);
        Assert.Contains("name=\"title\" value=\"Typed &quot;name&quot;\"", signedIn.Body, StringComparison.Ordinal);
        Assert.Equal(303, (await visitor.PostAsync("/mocks/shop/petstore/edit", ("title", "Typed \"name\""), ("version", "CURRENT"), ("environment", "staging"), ("do", "save"))).Status);
        Assert.Equal("Typed \"name\"", (string?)shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["displayName"]);
    }

    [Theory]
    [InlineData("//evil.example/")]
    [InlineData("https://evil.example/")]
    [InlineData("/\\evil.example/")]
    public async Task Nobody_is_led_elsewhere_after_signing_in(string address)
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = new Visitor(shown.Url);
        Assert.Equal("/mocks", (await visitor.PostAsync("/login", ("token", PlayedCluster.AdminToken), ("return", address))).Location);
    }
}
