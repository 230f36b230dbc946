using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using MockOperator.Resources;
using MockOperator.Runtime.Headers;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Headers;

/// <summary>Headers that are added as lines, at the place where Kestrel has the name of a server.</summary>
public sealed class RawHeadersTests
{
    private static readonly string[] s_names = ["X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset", "RateLimit-Policy", "RateLimit"];

    [Fact]
    public async Task Each_is_a_line_of_its_own_in_every_answer_of_a_connection()
    {
        using MountedBundle bundle = Limited();
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        string answers = await host.Host.MockPort.AskAsync(
            Ask("plain") + Ask("plain") + Ask("named") + Ask("rendered") + Ask("nowhere") + Ask("plain", "Connection: close\r\n"));
        string[] heads = [.. answers.Split("HTTP/1.1 ").Skip(1).Select(static answer => answer[..answer.IndexOf("\r\n\r\n", StringComparison.Ordinal)])];
        Assert.Equal(["200", "200", "200", "200", "404", "200"], heads.Select(static head => head[..3]));
        foreach (string head in heads)
        {
            string[] lines = head.Split("\r\n");
            Assert.All(s_names, name => Assert.Single(lines, line => line.StartsWith(name + ": ", StringComparison.Ordinal)));
            Assert.Contains("X-RateLimit-Limit: 1000", lines);
            Assert.DoesNotContain("", lines);
        }

        // An example that names a server keeps its own.
        Assert.Equal(1, heads.Count(static head => head.Contains("Server:", StringComparison.Ordinal)));
        Assert.Contains("\r\nServer: nginx", heads[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_journal_tells_of_them()
    {
        using MountedBundle bundle = Limited();
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        await host.Mock.GetAsync("/plain", TestContext.Current.CancellationToken);
        string calls = await host.Host.CallsPort.AskAsync("GET /calls?include=response.headers HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
        string json = calls[calls.IndexOf("\r\n\r\n", StringComparison.Ordinal)..];
        Assert.All(s_names, name => Assert.Contains($"\"{name}\"", json, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain("\"Server\"", json, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("text/plain", json, StringComparison.Ordinal);
    }

    /// <summary>A later Kestrel may have no such place: this says so. Nothing is lost then but time.</summary>
    [Fact]
    public async Task Kestrel_still_has_the_place()
    {
        bool? isAdded = null;
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(static kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        await using WebApplication app = builder.Build();
        app.Run(http =>
        {
            isAdded = RawHeaders.TryAdd(http.Response.Headers, RawHeaders.Lines([new("X-One", "1"), new("X-Two", new(["2", "3"]))])!);
            return Task.CompletedTask;
        });
        await app.StartAsync(TestContext.Current.CancellationToken);
        string answer = await new Uri(app.Urls.Single()).Port.AskAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        Assert.True(isAdded);
        Assert.Contains("\r\nX-One: 1\r\nX-Two: 2\r\nX-Two: 3\r\n", answer, StringComparison.Ordinal);
    }

    /// <summary>Kestrel, which refuses them, does not look at lines.</summary>
    [Theory]
    [InlineData("1\r\nSet-Cookie: a=b")]
    [InlineData("1\n")]
    [InlineData("\0")]
    [InlineData("\u007f")]
    [InlineData("\u010d\u010a")]
    public void A_value_that_would_break_out_of_its_line_makes_none(string value) => Assert.Null(RawHeaders.Lines([new("X-One", "1"), new("X-Two", value)]));

    [Fact]
    public void Other_headers_than_Kestrels_are_left_alone()
    {
        var headers = new HeaderDictionary();
        Assert.False(RawHeaders.TryAdd(headers, RawHeaders.Lines([new("X-One", "1")])!));
        Assert.Empty(headers);
    }

    private static string Ask(string path, string more = "") => string.Create(CultureInfo.InvariantCulture, $"GET /{path} HTTP/1.1\r\nHost: x\r\n{more}\r\n");

    private static MountedBundle Limited()
    {
        var bundle = new MountedBundle();
        ExampleSpec named = MountedBundle.Example("/named", "{}");
        bundle.Publish("r1", MountedBundle.Definition(
            MountedBundle.Example("/plain", "{}"),
            named with { Response = named.Response! with { Headers = [new HeaderSpec { Name = "Server", Value = "nginx" }] } },
            MountedBundle.Example("/rendered", "{{$guid}}")) with
        {
            RateLimit = new RateLimitSpec { Requests = 1000, Per = "1h" },
        });
        return bundle;
    }
}
