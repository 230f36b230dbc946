using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MockOperator.Browser.Tests.Safari;
using OpenQA.Selenium;
using OpenQA.Selenium.Remote;

[assembly: AssemblyFixture(typeof(WebKit))]

namespace MockOperator.Browser.Tests.Safari;

/// <summary>The engine of Safari as Debian has it (WebKitGTK), on a display that nobody sees. It holds one session at a time.</summary>
public sealed class WebKit : IAsyncDisposable
{
    private const string Driver = "/usr/bin/WebKitWebDriver";
    private const string Display = "/usr/bin/Xvfb";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly SemaphoreSlim _one = new(1);
    private readonly Lazy<Task<Uri>> _driver;
    private readonly List<Process> _processes = [];

    public WebKit() => _driver = new Lazy<Task<Uri>>(StartAsync);

    /// <summary>A browser with a profile of its own.</summary>
    public async Task<WebKitPage> OpenAsync()
    {
        var browser = Directory.GetDirectories("/usr/lib", "*-linux-gnu*").SelectMany(static libraries => Directory.GetDirectories(libraries, "webkit2gtk-4.*")).Select(static folder => Path.Combine(folder, "MiniBrowser")).FirstOrDefault(File.Exists);
        Assert.SkipWhen(browser is null || !File.Exists(Driver) || !File.Exists(Display), "WebKitGTK and a display for it are not installed (Debian: apt-get install webkit2gtk-driver xvfb).");
        var driver = await _driver.Value;
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return new WebKitPage(new RemoteWebDriver(driver, new Options(browser).ToCapabilities(), Patience), () => _one.Release());
        }
        catch
        {
            _one.Release();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var process in Enumerable.Reverse(_processes))
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
            process.Dispose();
        }

        _one.Dispose();
    }

    private async Task<Uri> StartAsync()
    {
        var display = Start(Display, null, "-displayfd", "1", "-screen", "0", "1400x1000x24", "-nolisten", "tcp");
        var number = await display.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        Assert.False(string.IsNullOrEmpty(number), $"{Display} has no display to offer.");
        var port = FreePort();
        Start(Driver, number, "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={port}")).BeginOutputReadLine();
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));
        using var http = new HttpClient();
        using var deadline = new CancellationTokenSource(Patience);
        while (true)
        {
            try
            {
                using var status = await http.GetAsync(new Uri(address, "status"), deadline.Token);
                return address;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(20, deadline.Token);
            }
        }
    }

    private Process Start(string program, string? display, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (display is not null)
            start.Environment["DISPLAY"] = ":" + display;
        var process = Process.Start(start)!;
        process.BeginErrorReadLine();
        _processes.Add(process);
        return process;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Options : DriverOptions
    {
        private readonly string _browser;

        public Options(string browser)
        {
            _browser = browser;
            BrowserName = "MiniBrowser";
            PlatformName = null!;
        }

        public override ICapabilities ToCapabilities()
        {
            var capabilities = GenerateDesiredCapabilities(isSpecificationCompliant: true);
            capabilities.SetCapability("webkitgtk:browserOptions", new Dictionary<string, object> { ["binary"] = _browser, ["args"] = new[] { "--automation" } });
            return capabilities.AsReadOnly();
        }
    }
}
