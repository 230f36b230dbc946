using Microsoft.Playwright;
using MockOperator.Dashboard.Tests.Showing;

namespace MockOperator.Browser.Tests.Dashboards;

/// <summary>Ways into a dashboard.</summary>
internal static class Entering
{
    /// <summary>Opens the address that opens once.</summary>
    public static async Task<IPage> EnterAsync(this IBrowserContext context, Showcase shown)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(shown.Url, shown.Entry).ToString());
        return page;
    }

    /// <summary>The address of a call that nothing matched.</summary>
    public static async Task<string> MissAsync(this IPage page, Showcase shown)
    {
        await page.GotoAsync(new Uri(shown.Url, "/mocks/shop/petstore?outcome=unmatched").ToString());
        return (await page.Locator("tr.miss a.path").First.GetAttributeAsync("href"))!;
    }
}
