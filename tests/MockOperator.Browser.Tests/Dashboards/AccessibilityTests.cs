using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Browser.Tests.Dashboards;

/// <summary>Every page is without a fault that axe knows, light and dark, and fits a phone.</summary>
public sealed class AccessibilityTests(Browser browser, Shop shop)
{
    private static readonly string[] Pages =
    [
        "/mocks", "/mocks/new", "/mocks/new?from=api", "/mocks/shop/checkout/made", "/mocks/shop/petstore", "/mocks/shop/orders/status", "/mocks/shop/orders/edit", "/mocks/shop/payments/edit", "/mocks/shop/petstore/yaml",
        "/mocks/shop/orders/responses", "/mocks/shop/petstore/responses", "/mocks/shop/orders/responses/edit?response=outage", "/mocks/shop/orders/responses/remove?response=outage",
        "/mocks/shop/petstore/delete", "/mocks/shop/absent", "/collections", "/collections/shop/petstore", "/collections/shop/orders", "/collections/new", "/usage", "/usage?namespace=demo",
    ];

    [Fact]
    public async Task No_page_has_a_fault_that_axe_knows()
    {
        await using var shown = await shop.OpenAsync();
        await using var context = await OpenAsync();
        var page = await context.EnterAsync(shown);
        var faults = new List<string>();
        foreach (var path in (string[])[.. Pages, await page.MissAsync(shown), await page.MissAsync(shown) + "/add-example"])
        {
            await page.GotoAsync(new Uri(shown.Url, path).ToString());
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Light });
            faults.AddRange((await FaultsAsync(page)).Select(fault => $"{path}: {fault}"));
            // Nothing but the colours is another in the dark.
            await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
            faults.AddRange((await FaultsAsync(page, "color-contrast")).Select(fault => $"{path}, dark: {fault}"));
        }

        Assert.Empty(faults);
    }

    [Fact]
    public async Task The_page_that_asks_for_a_token_has_none_either()
    {
        await using var shown = await Showcase.OpenSharedAsync();
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(shown.Url, "/mocks").ToString());
        Assert.Empty(await FaultsAsync(page));
    }

    [Fact]
    public async Task A_fault_would_be_found()
    {
        await using var context = await OpenAsync();
        var page = await context.NewPageAsync();
        await page.SetContentAsync("<main><input><p style='color: #ddd; background: #fff'>faint</p></main>");
        var faults = await FaultsAsync(page);
        Assert.Contains(faults, fault => fault.StartsWith("label", StringComparison.Ordinal));
        Assert.Contains(faults, fault => fault.StartsWith("color-contrast", StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_page_is_wider_than_a_phone()
    {
        await using var shown = await shop.OpenAsync();
        await using var context = await browser.NewContextAsync(new BrowserNewContextOptions { ViewportSize = new ViewportSize { Width = 360, Height = 740 } });
        var page = await context.EnterAsync(shown);
        foreach (var path in (string[])[.. Pages, await page.MissAsync(shown)])
        {
            await page.GotoAsync(new Uri(shown.Url, path).ToString());
            Assert.True(await page.EvaluateAsync<int>("document.documentElement.scrollWidth") <= 360, path);
        }
    }

    // In every page from its beginning: given to each anew, it takes longer than the rules themselves.
    private async Task<IBrowserContext> OpenAsync()
    {
        // With motion, a colour is another for a moment.
        var context = await browser.NewContextAsync(new BrowserNewContextOptions { ReducedMotion = ReducedMotion.Reduce });
        await context.AddInitScriptAsync(new BundledAxeScriptProvider().GetScript());
        return context;
    }

    private static async Task<string[]> FaultsAsync(IPage page, string? rule = null) => await page.EvaluateAsync<string[]>(
        """
        async rule => {
          const result = await axe.run(document, { resultTypes: ['violations'], ...(rule ? { runOnly: { type: 'rule', values: [rule] } } : {}) });
          return result.violations.flatMap(violation => violation.nodes.map(node => `${violation.id}: ${node.html.slice(0, 200)}`));
        }
        """,
        rule);
}
