using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Dashboard.Tests;

/// <summary>The dashboard of whoever started it.</summary>
public sealed class LocalAccessTests
{
    [Fact]
    public async Task The_address_opens_once_and_its_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var first = new Visitor(shown.Url);
        var entered = await first.GetAsync(shown.Entry);
        Assert.Equal((303, "/mocks"), (entered.Status, entered.Location));
        var cookie = Assert.Single(first.SetCookies);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(200, (await first.GetAsync("/mocks")).Status);

        using var second = new Visitor(shown.Url);
        Assert.Equal(401, (await second.GetAsync(shown.Entry)).Status);
        Assert.Empty(second.Cookies);
        Assert.Equal(200, (await first.GetAsync("/mocks")).Status);
    }

    [Theory]
    [InlineData("/mocks")]
    [InlineData("/mocks/shop/petstore/yaml")]
    [InlineData("/collections/shop/petstore/export")]
    [InlineData("/usage")]
    [InlineData("/enter/0000")]
    public async Task Nobody_else_sees_anything(string path)
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = new Visitor(shown.Url);
        var answer = await visitor.GetAsync(path);
        Assert.Equal(401, answer.Status);
        Assert.DoesNotContain("etstore", answer.Body, StringComparison.Ordinal);
        Assert.Empty(shown.Cluster.Requests);
    }

    [Fact]
    public async Task A_name_of_another_host_that_leads_here_is_refused()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        var answer = await visitor.GetAsync("/mocks", ("Host", "evil.example"));
        Assert.Equal(421, answer.Status);
        Assert.DoesNotContain("Petstore", answer.Body, StringComparison.Ordinal);
        Assert.Equal(200, (await visitor.GetAsync("/mocks", ("Host", $"localhost:{shown.Url.Port}"))).Status);
    }
}
