using System.Diagnostics;
using MockOperator.Dashboard.Tests.Showing;
using MockOperator.Resources;

namespace MockOperator.Dashboard.Tests;

/// <summary>Lists: found, paged, and small however many there are.</summary>
public sealed class ListTests(ITestOutputHelper output)
{
    private const long LargestVisit = 60 * 1024;

    [Fact]
    public async Task Trouble_is_told_in_its_row_with_the_cure_as_a_link()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        var page = (await visitor.GetAsync("/mocks")).Body;
        Assert.Contains("it has CURRENT, v1. <a href=\"/mocks/shop/legacy/edit#version\">choose a version</a>", page.Replace("&#x27;", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("8,412 of 10,000 calls used", page, StringComparison.Ordinal);
        var trouble = (await visitor.GetAsync("/mocks?show=trouble")).Body;
        Assert.Contains("Orders", trouble, StringComparison.Ordinal);
        Assert.DoesNotContain("Petstore", trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_of_a_thousand_mocks_is_on_one_page_and_no_page_is_large()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        for (var i = 0; i < 1000; i++)
            shown.Cluster.Objects.Put("mockservers", Showcase.Mock($"many-{i:0000}", """{"collectionRef": {"name": "petstore"}}""", Showcase.Status($"many-{i:0000}", "True", "Serving", "Served.", ns: "demo"), "demo"));
        using var visitor = await shown.EnterAsync();
        var seen = new List<string>();
        var watch = new Stopwatch();
        for (var page = 1; page <= 20; page++)
        {
            watch.Restart();
            var answer = await visitor.GetAsync($"/mocks?namespace=demo&page={page}");
            output.WriteLine($"page {page}: {watch.Elapsed.TotalMilliseconds:0} ms with the API server's part");
            seen.AddRange(Enumerable.Range(0, 1000).Select(i => $"many-{i:0000}").Where(name => answer.Body.Contains($"href=\"/mocks/demo/{name}\"", StringComparison.Ordinal)));
            Assert.Contains($"Page {page} of 20", answer.Body, StringComparison.Ordinal);
        }

        Assert.Equal(1000, seen.Distinct().Count());
        Assert.Equal(1000, seen.Count);
        Assert.Contains("Page 20 of 20", (await visitor.GetAsync("/mocks?namespace=demo&page=99")).Body, StringComparison.Ordinal);
        Assert.Contains("many-0777", (await visitor.GetAsync("/mocks?namespace=demo&q=0777")).Body, StringComparison.Ordinal);
        Assert.InRange(await FirstVisitAsync(shown, visitor, "/mocks?namespace=demo"), 1, LargestVisit);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/edit")]
    [InlineData("/status")]
    [InlineData("/responses")]
    [InlineData("/responses/edit")]
    [InlineData("/responses/edit?response=answer-07")]
    public async Task No_page_of_a_mock_is_large_that_has_all_that_a_mock_can_have(string page)
    {
        await using var shown = await Showcase.OpenLocalAsync();
        var names = string.Join(',', Enumerable.Range(0, 32).Select(static i => $"\"X-Header-Of-This-Mock-{i * 7919 % 1000}\""));
        var origins = string.Join(',', Enumerable.Range(0, CorsRules.MaxEntries).Select(static i => $"\"https://app-{i * 7919 % 1000}.example.com\""));
        var responses = string.Join(',', Enumerable.Range(0, ServerResponseRules.MostResponses).Select(static i => $$"""{"name": "answer-{{i:00}}", "status": {{500 + i}}, "body": "{{new string('x', 1000)}}"}"""));
        shown.Cluster.Objects.Put("mockservers", Showcase.Mock(
            "full",
            $$$"""
            {"displayName": "Full", "collectionRef": {"name": "petstore"}, "private": true, "delay": {"fixed": "2s"}, "matching": {"mode": "Strict", "headers": [{{{names}}}]}, "rateLimit": {"requests": 5, "per": "1m"},
             "quota": {"calls": 7}, "cors": {"allowOrigins": [{{{origins}}}], "exposeHeaders": [{{{names}}}]}, "ingress": {"host": "full.example.com"}, "serverResponses": [{{{responses}}}], "activeServerResponse": "answer-07"}
            """,
            Showcase.Status("full", "True", "Serving", "Served.")));
        using var visitor = await shown.EnterAsync();
        Assert.InRange(await FirstVisitAsync(shown, visitor, "/mocks/shop/full" + page), 1, LargestVisit);
    }

    [Fact]
    public async Task Style_and_script_are_kept_by_browsers_until_they_change()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        var page = (await visitor.GetAsync("/mocks")).Body;
        Assert.Contains("immutable", (await visitor.GetAsync(Address(page, "href", ".css"))).Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal(404, (await visitor.GetAsync("/assets/0000/site.css")).Status);
    }

    [Fact]
    public async Task Usage_shows_the_month_the_mocks_and_the_periods_before()
    {
        await using var shown = await Showcase.OpenLocalAsync();
        using var visitor = await shown.EnterAsync();
        var page = (await visitor.GetAsync("/usage")).Body;
        foreach (var text in (string[])["8,412", "of 10,000", "1,588", "1 December 2026", "5,204", "2026-10", "9,120"])
            Assert.Contains(text, page, StringComparison.Ordinal);
    }

    private static string Address(string page, string attribute, string end)
    {
        var at = page.IndexOf(end + "\"", StringComparison.Ordinal);
        var begin = page.LastIndexOf($"{attribute}=\"", at, StringComparison.Ordinal) + attribute.Length + 2;
        return page[begin..(at + end.Length)];
    }

    // What a first visit takes: the page, the stylesheet, the script and the icon, compressed.
    private async Task<long> FirstVisitAsync(Showcase shown, Visitor visitor, string path)
    {
        var answer = await visitor.GetAsync(path);
        Assert.Equal(200, answer.Status);
        var wire = 0L;
        foreach (var part in (string[])[path, Address(answer.Body, "href", ".css"), Address(answer.Body, "src", ".js"), Address(answer.Body, "href", ".svg")])
            wire += await LengthAsync(shown, visitor, part);
        output.WriteLine($"{wire} bytes on the wire");
        return wire;
    }

    private static async Task<long> LengthAsync(Showcase shown, Visitor visitor, string path)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(shown.Url, path));
        request.Headers.TryAddWithoutValidation("Accept-Encoding", "br");
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", visitor.Cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal("br", Assert.Single(answer.Content.Headers.ContentEncoding));
        return (await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length;
    }
}
