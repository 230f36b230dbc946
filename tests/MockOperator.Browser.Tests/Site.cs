using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace MockOperator.Browser.Tests;

/// <summary>A web site whose pages call mocks: an empty page under every name that leads to this machine.</summary>
internal sealed class Site : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Site(WebApplication app) => _app = app;

    private int Port => new Uri(_app.Urls.First()).Port;

    /// <summary>The origin of the site under a name; browsers lead every name below <c>localhost</c> to this machine.</summary>
    public string Origin(string host) => $"http://{host}:{Port}";

    public static async Task<Site> OpenAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        app.MapGet("/", () => Results.Content("<!doctype html><title>page</title>", "text/html"));
        await app.StartAsync(TestContext.Current.CancellationToken);
        return new Site(app);
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();
}
