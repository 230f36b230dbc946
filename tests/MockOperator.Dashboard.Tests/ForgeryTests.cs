using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Testing;

namespace MockOperator.Dashboard.Tests;

/// <summary>What other sites make a browser send changes nothing, and what is answered does nothing but be shown.</summary>
public sealed class ForgeryTests
{
    private const string Pause = "/mocks/shop/petstore/pause";

    private static int? Replicas(Showcase shown) => (int?)shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["replicas"];

    [Fact]
    public async Task A_form_without_the_sessions_token_is_refused()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var visitor = await shown.SignInAsync(PlayedCluster.AdminToken);
        using var other = await shown.SignInAsync(Showcase.EditorToken);
        foreach (var token in (string[])["", "AAAA", new string('A', 86), other.Token])
            Assert.Equal(403, (await visitor.PostAsync(Pause, ("_token", token))).Status);
        Assert.Null(Replicas(shown));
        await visitor.GetAsync("/mocks/shop/petstore/status");
        Assert.Equal(303, (await visitor.PostAsync(Pause)).Status);
        Assert.Equal(0, Replicas(shown));
    }

    [Fact]
    public async Task A_token_is_another_each_time_it_is_shown()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        await visitor.GetAsync("/mocks/new");
        var one = visitor.Token;
        await visitor.GetAsync("/mocks/new");
        Assert.NotEqual(one, visitor.Token);
    }

    public static TheoryData<string, string> Origins => new()
    {
        { "Sec-Fetch-Site", "cross-site" },
        { "Sec-Fetch-Site", "same-site" },
        { "Sec-Fetch-Site", "none" },
        { "Origin", "https://evil.example" },
        { "Origin", "null" },
        { "X-Nothing", "" },
    };

    [Theory]
    [MemberData(nameof(Origins))]
    public async Task What_another_origin_sends_is_refused_although_it_has_the_token(string header, string value)
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        await visitor.GetAsync("/mocks/shop/petstore/status");
        Assert.Equal(403, (await visitor.PostAsync(Pause, [(header, value)], ("_token", visitor.Token))).Status);
        Assert.Null(Replicas(shown));
    }

    [Fact]
    public async Task An_old_browser_that_tells_its_origin_is_believed()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        await visitor.GetAsync("/mocks/shop/petstore/status");
        Assert.Equal(303, (await visitor.PostAsync(Pause, [("Origin", shown.Url.GetLeftPart(UriPartial.Authority))], ("_token", visitor.Token))).Status);
    }

    [Fact]
    public async Task A_file_is_not_read_before_the_token_is_known()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        visitor.Token = "wrong";
        Assert.Equal(403, (await visitor.UploadAsync("/collections/new", "{}"u8.ToArray(), ("namespace", "shop"))).Status);
    }

    [Theory]
    [InlineData("/mocks", 200)]
    [InlineData("/mocks/shop/petstore/yaml", 200)]
    [InlineData("/mocks/shop/absent", 404)]
    [InlineData("/collections/shop/petstore/export", 200)]
    [InlineData("/nothing", 400)]
    public async Task Every_answer_says_what_browsers_may_do_with_it(string path, int status)
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        var answer = await visitor.GetAsync(path);
        Assert.Equal(status, answer.Status);
        Assert.Equal(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            answer.Headers["Content-Security-Policy"]);
        Assert.Equal("nosniff", answer.Headers["X-Content-Type-Options"]);
        Assert.Equal("no-store", answer.Headers["Cache-Control"]);
        Assert.Equal("same-origin", answer.Headers["Referrer-Policy"]);
    }

    [Fact]
    public async Task Hostile_texts_of_objects_are_shown_and_not_obeyed()
    {
        const string Evil = "<script>alert(1)</script>\" onmouseover=\"x";
        await using var shown = await Showcase.OpenLocalAsync();
        var mock = Showcase.Mock("evil", """{"collectionRef": {"name": "petstore"}}""", Showcase.Status("evil", "False", "InvalidCollection", "x"));
        mock["spec"]!["displayName"] = Evil;
        mock["status"]!["url"] = "javascript:alert(1)";
        mock["status"]!["conditions"]![0]!["message"] = Evil;
        shown.Cluster.Objects.Put("mockservers", mock);
        using var visitor = await shown.EnterAsync();
        foreach (var path in (string[])["/mocks?q=" + Uri.EscapeDataString(Evil), "/mocks", "/mocks/shop/evil/status", "/mocks/shop/evil/edit", "/mocks/shop/evil/delete", "/mocks/shop/evil/yaml", "/mocks/shop/evil/made", "/collections/shop/petstore"])
        {
            var page = await visitor.GetAsync(path);
            Assert.Equal(200, page.Status);
            Assert.DoesNotContain("<script>alert", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("\" onmouseover=\"", page.Body, StringComparison.Ordinal);
            Assert.DoesNotContain("href=\"javascript:", page.Body, StringComparison.Ordinal);
        }

        Assert.Contains("&lt;script&gt;alert(1)&lt;/script&gt;", (await visitor.GetAsync("/mocks")).Body, StringComparison.Ordinal);
    }
}
