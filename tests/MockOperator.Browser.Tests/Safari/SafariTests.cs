using MockOperator.Browser.Tests.Dashboards;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Browser.Tests.Safari;

/// <summary>What people come for, in the engine of Safari: the module, the dialogs, the stream, forms and cookies.</summary>
public sealed class SafariTests(WebKit webkit, Shop shop)
{
    [Fact]
    public async Task A_new_api_is_made_and_its_url_is_shown()
    {
        await using var shown = await shop.OpenAsync();
        using var page = await EnterAsync(shown);
        page.Picture("list");
        page.Link("New mock server").Click();
        page.Find("label.card:has(#from-api)").Click();
        page.Fill("[name='example.path']", "/lions/{{id}}");
        page.Fill("#title", "Big Cats");
        page.Picture("new");
        page.Button("Create mock server").Click();
        page.Shows("Big Cats was made");
        page.Shows("http://big-cats.shop.svc");
        page.Picture("made");
        Assert.NotNull(shown.Cluster.Objects.Find("mockservers", "shop", "big-cats"));
    }

    [Fact]
    public async Task A_mock_is_deleted_in_a_dialog()
    {
        await using var shown = await shop.OpenAsync();
        using var page = await EnterAsync(shown);
        page.Go(new Uri(shown.Url, "/mocks/shop/orders/edit"));
        page.Fill("#title", "Orders of today");
        WebKitPage.Until(() => page.Find("#preview").Text.Contains("displayName: Orders of today", StringComparison.Ordinal) ? page : null, "the preview follows");
        page.Picture("edit");
        page.Button("Save").Click();
        page.Shows("Saved");
        page.Link("Delete").Click();
        page.Find("dialog[open]");
        page.Picture("dialog");
        page.Button("Delete the mock server").Click();
        page.Shows("The mock server was deleted");
        Assert.Null(shown.Cluster.Objects.Find("mockservers", "shop", "orders"));
    }

    [Fact]
    public async Task A_call_is_on_the_page_as_soon_as_it_is_answered()
    {
        await using var shown = await shop.OpenAsync();
        using var page = await EnterAsync(shown);
        page.Go(new Uri(shown.Url, "/mocks/shop/petstore"));
        WebKitPage.Until(() => page.Find(".live").Text.Contains("live", StringComparison.OrdinalIgnoreCase) ? page : null, "the page is live");
        var path = $"/pets/{Guid.NewGuid():n}";
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!page.Text.Contains(path, StringComparison.Ordinal) && DateTime.UtcNow < deadline)
        {
            await shop.CallAsync(HttpMethod.Get, path);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        page.Shows(path);
        page.Picture("calls");
    }

    [Fact]
    public async Task A_file_is_uploaded()
    {
        await using var shown = await shop.OpenAsync();
        using var page = await EnterAsync(shown);
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(
                file,
                """
                {"info": {"name": "Zoo", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
                 "item": [{"name": "Lions", "request": {"method": "GET", "url": "{{baseUrl}}/lions"}, "response": [{"name": "Lions", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/lions"}, "code": 200, "body": "[]"}]}]}
                """,
                TestContext.Current.CancellationToken);
            page.Go(new Uri(shown.Url, "/collections/new"));
            page.Fill("#name", "zoo");
            page.Find("input[type=file]").SendKeys(file);
            page.Button("Upload").Click();
            page.Shows("The collection was stored");
            page.Shows("/lions");
            page.Picture("collection");
        }
        finally
        {
            File.Delete(file);
        }
    }

    /// <summary>It keeps no Secure cookie of http://localhost, as Chromium and Firefox do, and says nothing of it.</summary>
    [Fact]
    public async Task Who_signs_in_without_TLS_is_told_why_it_comes_to_nothing()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        using var page = await webkit.OpenAsync();
        page.Go(new Uri($"http://localhost:{shown.Url.Port}/mocks?namespace=shop"));
        page.Fill("input[name=token]", Showcase.EditorToken);
        page.Button("Sign in").Click();
        page.Shows("this browser kept no cookie");
        page.Picture("refused");
    }

    private async Task<WebKitPage> EnterAsync(Showcase shown)
    {
        var page = await webkit.OpenAsync();
        page.Go(new Uri(shown.Url, shown.Entry));
        page.Shows("Petstore");
        return page;
    }
}
