using Microsoft.Playwright;
using MockOperator.Dashboard.Tests.Showing;
using static Microsoft.Playwright.Assertions;

namespace MockOperator.Browser.Tests.Dashboards;

/// <summary>What people come for, in a browser, with JavaScript and without.</summary>
public sealed class FlowTests(Browser browser, Shop shop)
{
    private async Task<(IBrowserContext Context, IPage Page)> EnterAsync(Showcase shown, bool script = true)
    {
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { JavaScriptEnabled = script });
        context.SetDefaultTimeout(20_000);
        return (context, await context.EnterAsync(shown));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_new_api_is_made_and_its_url_is_shown(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GetByRole(AriaRole.Link, new() { Name = "New mock server" }).ClickAsync();
        await page.GetByText("A new API").ClickAsync();
        await page.GetByLabel("Path", new() { Exact = true }).FillAsync("/lions/{{id}}");
        await page.GetByLabel("Body of the answer").First.FillAsync("{\"name\": \"Leo\"}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add another request" }).ClickAsync();
        await page.GetByLabel("Path", new() { Exact = true }).Nth(1).FillAsync("/tigers");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Big Cats");
        await page.GetByLabel("Private").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Create mock server" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Big Cats was made" })).ToBeVisibleAsync();
        await Expect(page.GetByText("http://big-cats.shop.svc", new() { Exact = true })).ToBeVisibleAsync();
        Assert.True((bool?)shown.Cluster.Objects.Find("mockservers", "shop", "big-cats")!["spec"]!["private"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mock_is_edited_from_the_list_and_deleted_after_a_question(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GetByRole(AriaRole.Link, new() { Name = "Edit Orders" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("Orders of today");
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Show what is applied" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("displayName: Orders of today");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved");
        await page.GetByRole(AriaRole.Link, new() { Name = "Delete", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Delete Orders of today?" })).ToBeVisibleAsync();
        if (script)
            Assert.True(await page.Locator("dialog[open]").IsVisibleAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the mock server" }).ClickAsync();
        await Expect(page.GetByText("The mock server was deleted")).ToBeVisibleAsync();
        Assert.Null(shown.Cluster.Objects.Find("mockservers", "shop", "orders"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Matching_is_set_in_a_part_of_the_settings_that_is_opened_by_the_keyboard(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore/edit").ToString());
        await Expect(page.GetByLabel("Body matching")).ToBeHiddenAsync();
        await page.Locator("summary", new() { HasText = "Matching" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await page.GetByLabel("Body matching").SelectOptionAsync("Exact");
        await page.GetByLabel("Header matching").FillAsync("X-Tenant");
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Show what is applied" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("body: Exact");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status).First).ToContainTextAsync("Saved");
        Assert.Equal("""{"body":"Exact","headers":["X-Tenant"]}""", shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["matching"]!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_outage_is_written_given_and_removed(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore").ToString());
        await page.GetByRole(AriaRole.Link, new() { Name = "Server responses" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a server response" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("outage");
        await page.GetByLabel("Body", new() { Exact = true }).FillAsync("<b>down</b>");
        if (!script)
            await page.GetByRole(AriaRole.Button, new() { Name = "Show what is applied" }).ClickAsync();
        await Expect(page.Locator("#preview")).ToContainTextAsync("<b>down</b>");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Make active outage" }).ClickAsync();
        await Expect(page.GetByText("Every call is answered with outage (503)")).ToBeVisibleAsync();
        Assert.Equal("outage", (string?)shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["activeServerResponse"]);
        await page.GetByRole(AriaRole.Link, new() { Name = "Remove outage" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Remove outage?" })).ToBeVisibleAsync();
        if (script)
            Assert.True(await page.Locator("dialog[open]").IsVisibleAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove the server response" }).ClickAsync();
        await Expect(page.GetByText("No server responses")).ToBeVisibleAsync();
        Assert.Null(shown.Cluster.Objects.Find("mockservers", "shop", "petstore")!["spec"]!["activeServerResponse"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_call_that_nothing_matched_becomes_an_example_and_the_change_is_shown_first(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore?outcome=unmatched").ToString());
        await Expect(page.Locator("tr.miss").Last).ToContainTextAsync("Nearest: Any pet");
        await page.Locator("tr.miss").Last.GetByRole(AriaRole.Link, new() { Name = "Add as example" }).ClickAsync();
        await page.GetByLabel("Status").FillAsync("202");
        await page.GetByLabel("Body of the answer").FillAsync("{\"vaccinated\": true}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Show the change" }).ClickAsync();
        await Expect(page.Locator("ins").Filter(new() { HasText = "vaccinate" }).First).ToBeVisibleAsync();
        Assert.DoesNotContain("vaccinate", shown.Cluster.Objects.Find("collections", "shop", "petstore")!["spec"]!["postman"]!.ToJsonString(), StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "Add it" }).ClickAsync();
        await Expect(page.GetByText("The example was added")).ToBeVisibleAsync();
        Assert.Contains("vaccinate", shown.Cluster.Objects.Find("collections", "shop", "petstore")!["spec"]!["postman"]!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_is_on_the_page_as_soon_as_it_is_answered()
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown);
        await using var _ = context;
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore").ToString());
        await Expect(page.Locator(".live")).ToContainTextAsync("live");
        // The stream says so when the pod is followed; what is answered after that is told.
        var path = $"/pets/{Guid.NewGuid():n}";
        var row = page.Locator("tr.new").Filter(new() { HasText = path });
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await row.IsVisibleAsync() && DateTime.UtcNow < deadline)
        {
            await shop.CallAsync(HttpMethod.Get, path);
            await row.Or(page.Locator("tr.new")).First.WaitForAsync(new() { Timeout = 10_000 });
        }

        await Expect(row.First).ToContainTextAsync("Any pet");
    }

    [Fact]
    public async Task Hostile_calls_are_shown_as_text_and_run_nothing()
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown);
        await using var _ = context;
        var ran = false;
        page.Dialog += (_, dialog) =>
        {
            ran = true;
            _ = dialog.DismissAsync();
        };
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore").ToString());
        await Expect(page.Locator(".live")).ToContainTextAsync("live");
        const string Evil = "<img src=x onerror=alert(1)><script>alert(2)</script>";
        await shop.CallAsync(HttpMethod.Post, "/evil?q=%3Cscript%3Ealert(3)%3C/script%3E", Evil);
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore?q=evil").ToString());
        await page.Locator("tr.miss a.path").First.ClickAsync();
        await Expect(page.GetByLabel("Request body")).ToHaveTextAsync(Evil);
        Assert.False(ran);
        Assert.Equal(0, await page.Locator("main img, main script").CountAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_file_is_uploaded_and_one_that_is_none_is_told_in_place(bool script)
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown, script);
        await using var _ = context;
        await page.GotoAsync(new Uri(shown.Url, "/collections/new").ToString());
        await page.Locator("#name").FillAsync("zoo");
        var file = page.GetByLabel("Collection export");
        await file.SetInputFilesAsync(File("{\"_postman_variable_scope\": \"environment\", \"name\": \"x\", \"values\": []}"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("environment");
        await Expect(page.Locator("#name")).ToHaveValueAsync("zoo");
        await file.SetInputFilesAsync(File("""
            {"info": {"name": "Zoo", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},
             "item": [{"name": "Lions", "request": {"method": "GET", "url": "{{baseUrl}}/lions"}, "response": [{"name": "Lions", "originalRequest": {"method": "GET", "url": "{{baseUrl}}/lions"}, "code": 200, "body": "[]"}]}]}
            """));
        await page.GetByRole(AriaRole.Button, new() { Name = "Upload" }).ClickAsync();
        await Expect(page.GetByText("The collection was stored")).ToBeVisibleAsync();
        await Expect(page.GetByText("/lions")).ToBeVisibleAsync();

        static FilePayload File(string text) => new() { Name = "export.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(text) };
    }

    [Fact]
    public async Task The_url_is_copied_and_the_keyboard_reaches_the_content()
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown);
        await using var _ = context;
        await context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the URL of Petstore" }).ClickAsync();
        await Expect(page.Locator("button.copy.done")).ToHaveTextAsync("Copied the URL of Petstore");
        Assert.Equal("http://petstore.shop.svc", await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await page.ReloadAsync();
        await page.Keyboard.PressAsync("Tab");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Skip to the content" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.EndsWith("#main", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_a_page_is_against_its_policy()
    {
        await using var shown = await shop.OpenAsync();
        var (context, page) = await EnterAsync(shown);
        await using var _ = context;
        var complaints = new List<string>();
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                complaints.Add(message.Text);
        };
        page.PageError += (_, error) => complaints.Add(error);
        foreach (var path in (string[])["/mocks", "/mocks/new", "/mocks/shop/petstore", "/mocks/shop/orders/edit", "/collections/shop/petstore", "/usage"])
            await page.GotoAsync(new Uri(shown.Url, path).ToString());
        Assert.Empty(complaints);
    }

    [Fact]
    public async Task A_browser_keeps_the_cookie_of_a_token_on_localhost_without_TLS()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync($"http://localhost:{shown.Url.Port}/mocks?namespace=shop");
        await page.GetByLabel("Token").FillAsync(Showcase.EditorToken);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Mock servers" })).ToBeVisibleAsync();
        var cookie = Assert.Single(await context.CookiesAsync(), one => one.Name == "__Host-mock-session");
        Assert.True(cookie is { HttpOnly: true, Secure: true, SameSite: SameSiteAttribute.Strict });
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByLabel("Token")).ToBeVisibleAsync();
    }
}
