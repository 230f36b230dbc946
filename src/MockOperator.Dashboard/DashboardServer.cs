using System.IO.Compression;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using MockOperator.Dashboard.Access;
using MockOperator.Dashboard.Calls;
using MockOperator.Dashboard.Collections;
using MockOperator.Dashboard.Mocks;
using MockOperator.Dashboard.Pages;
using MockOperator.Dashboard.Responses;
using MockOperator.Dashboard.Usage;
using MockOperator.Kubernetes.Serving;

namespace MockOperator.Dashboard;

/// <summary>The dashboard as a web server.</summary>
public static class DashboardServer
{
    private const int LongestFields = 2 * FormReading.MostFieldBytes;
    private const int MostConnections = 250;

    /// <summary>Makes a dashboard that is not started yet.</summary>
    /// <param name="options">What it needs to know.</param>
    /// <returns>The server; its <c>Urls</c> tell where it listens once it is started.</returns>
    public static WebApplication Create(DashboardOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().BoundConnections(MostConnections).ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LongestFields;
            kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRoutingCore();
        builder.Services.AddResponseCompression(compression =>
        {
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        builder.Services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Fastest);
        builder.Services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Fastest);
        builder.Logging.AddSimpleConsole();
        builder.Logging.SetMinimumLevel(LogLevel.Warning);

        var app = builder.Build();
        var site = new Site(options.Access, new Rights(options.Time), new Namespaces(options.Time), new StaticFiles(), options.Yaml, options.Time);
        var hosts = DashboardAccess.LoopbackHosts.Concat(options.Hosts).ToHashSet(StringComparer.OrdinalIgnoreCase);
        app.Use(next => http => GuardAsync(http, hosts, next));
        app.UseResponseCompression();
        app.UseRouting();
        Map(app, site);
        return app;
    }

    private static Task GuardAsync(HttpContext http, HashSet<string> hosts, RequestDelegate next)
    {
        Security.Write(http.Response.Headers);
        // Kubelets ask by a pod's address, and learn nothing.
        if (http.Request.Path.Value is "/healthz" or "/readyz")
            return http.Response.WriteAsync("ok");
        if (Security.Refuse(http.Request, hosts) is not { } why)
            return next(http);
        http.Response.StatusCode = hosts.Contains(http.Request.Host.Host) ? StatusCodes.Status403Forbidden : StatusCodes.Status421MisdirectedRequest;
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(why);
    }

    private static void Map(WebApplication app, Site site)
    {
        app.MapGet("/assets/{hash}/{name}", site.Assets.SendAsync);
        app.MapGet("/favicon.ico", http => Go(http, site.Assets.Icon));
        app.MapGet("/", http => Go(http, Links.Mocks));
        if (site.Access is LocalAccess local)
            app.MapGet("/enter/{token}", http => EnterAsync(site, local, http));
        if (site.Access is TokenAccess { TrustedHeader: null } tokens)
            app.MapPost("/login", http => SignIn.TakeAsync(site, tokens, http));

        var door = new Door(app, site, app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(DashboardServer)));
        door.Get("/login", visit => visit.GoAsync(Links.Mocks));
        door.Post("/logout", (visit, _) =>
        {
            site.Access.End(visit.Http);
            return visit.GoAsync(Links.Mocks);
        });
        MockPages.Map(door);
        ResponsePages.Map(door);
        CallPages.Map(door);
        CollectionPages.Map(door);
        UsagePages.Map(door);
        door.Get("/{**rest}", _ => throw new FormatException("There is no such page."));
    }

    private static Task EnterAsync(Site site, LocalAccess access, HttpContext http) =>
        access.TryEnter(http, http.Request.RouteValues["token"] as string ?? "", out _)
            ? Go(http, Links.Mocks)
            : SignIn.AskAsync(site, http, null);

    private static Task Go(HttpContext http, string address)
    {
        http.Response.StatusCode = StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = address;
        return Task.CompletedTask;
    }
}
