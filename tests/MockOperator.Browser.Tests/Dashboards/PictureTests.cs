using Microsoft.Playwright;

namespace MockOperator.Browser.Tests.Dashboards;

/// <summary>Makes the pictures of docs/dashboard.md: <c>UPDATE_PICTURES=directory</c>. They are looked at by people, not compared.</summary>
public sealed class PictureTests(Browser browser, Shop shop)
{
    [Fact]
    public async Task Pictures_of_every_page_are_made_when_asked_for()
    {
        var directory = Environment.GetEnvironmentVariable("UPDATE_PICTURES");
        Assert.SkipWhen(string.IsNullOrEmpty(directory), "Set UPDATE_PICTURES to the directory that takes them.");
        await using var shown = await shop.OpenAsync();
        await using var context = await browser.NewContextAsync();
        var page = await context.EnterAsync(shown);
        var miss = await page.MissAsync(shown);
        foreach (var (name, path) in (IEnumerable<(string, string)>)
                 [
                     ("list", "/mocks"), ("new", "/mocks/new"), ("new-api", "/mocks/new?from=api"), ("made", "/mocks/shop/checkout/made"), ("calls", "/mocks/shop/petstore"), ("call", miss), ("example", miss + "/add-example"),
                     ("status", "/mocks/shop/orders/status"), ("edit", "/mocks/shop/orders/edit"), ("edit-parts", "/mocks/shop/payments/edit"), ("responses", "/mocks/shop/orders/responses"), ("response", "/mocks/shop/orders/responses/edit?response=outage"), ("response-new", "/mocks/shop/petstore/responses"), ("yaml", "/mocks/shop/petstore/yaml"), ("delete", "/mocks/shop/petstore/delete"),
                     ("collections", "/collections"), ("collection", "/collections/shop/petstore"), ("issues", "/collections/shop/orders"), ("upload", "/collections/new"), ("usage", "/usage"),
                 ])
        {
            foreach (var (scheme, width, suffix) in (IEnumerable<(ColorScheme, int, string)>)[(ColorScheme.Light, 1240, ""), (ColorScheme.Dark, 1240, "-dark"), (ColorScheme.Light, 390, "-phone")])
            {
                await page.SetViewportSizeAsync(width, width > 1000 ? 760 : 844);
                await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = scheme });
                await page.GotoAsync(new Uri(shown.Url, path).ToString());
                await page.ScreenshotAsync(new PageScreenshotOptions { Path = Path.Combine(directory, $"{name}{suffix}.png"), FullPage = true });
            }
        }
    }
}
