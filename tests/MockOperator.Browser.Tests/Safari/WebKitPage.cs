using OpenQA.Selenium;
using OpenQA.Selenium.Remote;

namespace MockOperator.Browser.Tests.Safari;

/// <summary>A window of WebKit. What is looked for is waited for.</summary>
public sealed class WebKitPage(RemoteWebDriver driver, Action closed) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    public void Go(Uri address) => driver.Navigate().GoToUrl(address);

    /// <summary>The first element that is shown.</summary>
    public IWebElement Find(string css) => Until(() => driver.FindElements(By.CssSelector(css)).FirstOrDefault(static element => element.Displayed), $"'{css}' is shown; there is: {Text}");

    public IWebElement Link(string name) => Named("a", name);

    public IWebElement Button(string name) => Named("button", name);

    public void Fill(string css, string text)
    {
        var field = Find(css);
        field.Clear();
        field.SendKeys(text);
    }

    public void Shows(string text) => Until(() => Text.Contains(text, StringComparison.Ordinal) ? this : null, $"'{text}' is shown; there is: {Text}");

    /// <summary>What is to be read on the page.</summary>
    public string Text => (string)driver.ExecuteScript("return document.body.innerText")!;

    public static T Until<T>(Func<T?> look, string what)
        where T : class
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                if (look() is { } found)
                    return found;
            }
            catch (StaleElementReferenceException)
            {
                // The page was replaced meanwhile.
            }

            Assert.True(DateTime.UtcNow < deadline, what);
            Thread.Sleep(50);
        }
    }

    /// <summary>Keeps a picture where somebody asked for pictures.</summary>
    public void Picture(string name)
    {
        if (Environment.GetEnvironmentVariable("WEBKIT_PICTURES") is { Length: > 0 } folder)
            driver.GetScreenshot().SaveAsFile(Path.Combine(folder, name + ".png"));
    }

    public void Dispose()
    {
        driver.Quit();
        driver.Dispose();
        closed();
    }

    private IWebElement Named(string tag, string name) =>
        Until(
            () => driver.FindElements(By.TagName(tag)).FirstOrDefault(element => element.Displayed && (element.Text.Trim() == name || element.GetAttribute("aria-label") == name)),
            $"{tag} '{name}' is shown; there is: {Text}");
}
