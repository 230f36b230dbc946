using System.Net;
using System.Net.NetworkInformation;
using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>How calls are asked for.</summary>
public class CallsPortTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("method=post", "4")]
    [InlineData("method=GET,POST", "4 3 2 1 0")]
    [InlineData("status=404", "4 3")]
    [InlineData("status=2xx", "2 1 0")]
    [InlineData("status=200,4xx", "4 3 2 1 0")]
    [InlineData("outcome=matched", "2 1 0")]
    [InlineData("outcome=unmatched", "4 3")]
    [InlineData("outcome=no_match,rejected", "4 3")]
    [InlineData("path=/PETS", "4 2 1")]
    [InlineData("path=/pets?status=sold", "2")]
    [InlineData("path=/pets/*", "0")]
    [InlineData("path=*e*", "4 3 2 1 0")]
    [InlineData("path=/pet", "")]
    [InlineData("text=NOTHING", "4")]
    [InlineData("text=x-flag", "1")]
    [InlineData("text=%2Fpets%2F%7B%7Bid", "4 3 0")]
    [InlineData("limit=2", "4 3")]
    [InlineData("limit=1&method=get", "3")]
    [InlineData("mock=petstore", "4 3 2 1 0")]
    [InlineData("mock=shop/petstore", "4 3 2 1 0")]
    [InlineData("since=2026-05-01T00:00:03Z", "4 3")]
    [InlineData("until=2026-05-01T00:00:01%2B00:00", "1 0")]
    [InlineData("since=2026-05-01T00:00:01Z&until=2026-05-01T00:00:02Z", "2 1")]
    public async Task Calls_are_chosen_by(string query, string expected)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 5, 1, 0, 0, 0, TimeSpan.Zero));
        await using CalledMock mock = await CalledMock.StartAsync(time: time);
        await CallAsync("/pets/5");
        await CallAsync("/pets", header: "X-Flag");
        await CallAsync("/pets?status=sold");
        await CallAsync("/elsewhere");
        await CallAsync("/pets", HttpMethod.Post, body: "nothing like it");
        CallPage page = await mock.ReadAsync("?" + query);
        Assert.Equal(expected, string.Join(' ', page.Calls.Select(static call => call.ServedAt.Second)));
        Assert.Equal(5, page.Remembered);

        async Task CallAsync(string path, HttpMethod? method = null, string? header = null, string? body = null)
        {
            using var request = new HttpRequestMessage(method ?? HttpMethod.Get, path) { Content = body is null ? null : new StringContent(body) };
            if (header is not null)
            {
                request.Headers.Add(header, "on");
            }

            using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
            time.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Theory]
    [InlineData("limit=0", "limit: a number from 1 to 1000 is needed.")]
    [InlineData("limit=1001", "limit: a number from 1 to 1000 is needed.")]
    [InlineData("limit=x", "limit: a number from 1 to 1000 is needed.")]
    [InlineData("since=yesterday", "since: a time by RFC 3339 is needed, such as 2026-01-31T12:00:00Z.")]
    [InlineData("until=2026", "until: a time by RFC 3339 is needed, such as 2026-01-31T12:00:00Z.")]
    [InlineData("status=6xx", "status: statuses such as 404, or classes such as 4xx, are needed, separated by commas; 0 is for calls that were not answered.")]
    [InlineData("outcome=lost", "outcome: there are matched, unauthorized, no_match, no_example, server_response, explained, rejected, aborted, error and unmatched.")]
    [InlineData("include=request", "include: 'request' is not known; there are request.headers, request.body, response.headers, response.body and nearest.")]
    [InlineData("statuss=200", "'statuss': there is no such parameter; there are mock, since, until, method, path, status, outcome, text, limit, cursor, include.")]
    [InlineData("status=200&status=404", "status: once is enough; several values are separated by commas.")]
    public async Task A_wrong_parameter_is_named_with_the_cure(string query, string message)
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using HttpResponseMessage response = await mock.Calls.GetAsync("/calls?" + query, Cancel);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("application/json", response.Content.Headers.ContentType!.ToString());
        using JsonDocument error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("invalidParamsError", message), (Text("name"), Text("message")));

        string? Text(string name) => error.RootElement.GetProperty("error").GetProperty(name).GetString();
    }

    [Theory]
    [InlineData("GET", "/calls?mock=other", 404)]
    [InlineData("GET", "/calls?cursor=0123456789ab-1", 410)]
    [InlineData("GET", "/calls/0123456789ab-1", 404)]
    [InlineData("GET", "/calls/none", 404)]
    [InlineData("GET", "/calls/a/b/c", 404)]
    [InlineData("GET", "/", 404)]
    [InlineData("GET", "/metrics", 404)]
    [InlineData("DELETE", "/calls/none", 404)]
    [InlineData("DELETE", "/calls/stream", 404)]
    [InlineData("DELETE", "/calls?status=404", 400)]
    [InlineData("POST", "/calls", 405)]
    public async Task What_is_not_there_is_said(string method, string path, int status)
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets", Cancel);
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using HttpResponseMessage response = await mock.Calls.SendAsync(request, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
        using JsonDocument error = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.NotEmpty(error.RootElement.GetProperty("error").GetProperty("message").GetString()!);
        Assert.Equal(1, (await mock.ReadAsync()).Remembered);
    }

    [Theory]
    [InlineData("Host", "mock.shop.svc", 421)]
    [InlineData("Host", "10.1.2.3:9092", 421)]
    [InlineData("Host", "localhost.evil.example", 421)]
    [InlineData("Origin", "http://localhost:9092", 403)]
    [InlineData("Sec-Fetch-Site", "cross-site", 403)]
    [InlineData("Sec-Fetch-Site", "same-site", 403)]
    [InlineData("Sec-Fetch-Site", "none", 200)]
    [InlineData("Host", "127.0.0.1:9092", 200)]
    [InlineData("Host", "[::1]:9092", 200)]
    [InlineData("Host", "LOCALHOST", 200)]
    public async Task A_page_in_the_browser_of_whoever_forwards_the_port_learns_nothing(string header, string value, int status)
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/calls");
        request.Headers.TryAddWithoutValidation(header, value);
        using HttpResponseMessage response = await mock.Calls.SendAsync(request, Cancel);
        Assert.Equal(status, (int)response.StatusCode);
    }

    [Fact]
    public async Task The_port_listens_on_the_loopback_address_alone_whatever_the_others_do()
    {
        await using CalledMock mock = await CalledMock.StartAsync(options: BundleHost.Loopback with { Address = IPAddress.Any });
        IPEndPoint[] listening = [.. IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(point => point.Port == mock.Host.Host.CallsPort)];
        Assert.All(listening, static point => Assert.Equal(IPAddress.Loopback, point.Address));
        Assert.Single(listening);
        Assert.Contains(IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners(), point => point.Port == mock.Host.Host.MockPort && point.Address.Equals(IPAddress.Any));
    }

    [Fact]
    public async Task Bodies_are_given_as_bytes_that_no_browser_runs()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using HttpResponseMessage called = await mock.Mock.PostAsync("/pets", new StringContent("<script>alert(1)</script>"), Cancel);
        MockCall call = await mock.OnlyAsync();
        using HttpResponseMessage body = await mock.Calls.GetAsync($"/calls/{call.Id}/request-body", Cancel);
        Assert.Equal("<script>alert(1)</script>", await body.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(("application/octet-stream", "attachment"), (body.Content.Headers.ContentType!.ToString(), body.Content.Headers.ContentDisposition!.ToString()));
        Assert.Equal(["nosniff"], body.Headers.GetValues("X-Content-Type-Options"));
        Assert.True(body.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task Calls_are_forgotten_one_by_one_or_all()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        for (int number = 0; number < 3; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        string second = (await mock.ReadAsync()).Calls[1].Id;
        Assert.Equal(HttpStatusCode.NoContent, (await mock.Calls.DeleteAsync($"/calls/{second}", Cancel)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await mock.Calls.DeleteAsync($"/calls/{second}", Cancel)).StatusCode);
        CallPage page = await mock.ReadAsync();
        Assert.Equal(["/pets?n=2", "/pets?n=0"], page.Calls.Select(static call => call.Request.Path));
        Assert.Equal((2, 0L), (page.Remembered, page.Dropped));
        Assert.Equal(HttpStatusCode.NoContent, (await mock.Calls.DeleteAsync("/calls?mock=petstore", Cancel)).StatusCode);
        Assert.Equal(0, (await mock.ReadAsync()).Remembered);
        Assert.Equal(0, mock.Host.Host.Mocks.Journals.Memory.Used);
        await mock.Mock.GetStringAsync("/pets", Cancel);
        Assert.Equal(1, (await mock.ReadAsync()).Remembered);
    }

    [Fact]
    public async Task Pages_go_on_where_the_one_before_ended_whatever_comes_meanwhile()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        for (int number = 0; number < 7; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        CallPage page = await mock.ReadAsync("?limit=3");
        await mock.Mock.GetStringAsync("/pets?late=1", Cancel);
        var rest = new List<string>();
        while (page.Next is { } next)
        {
            page = await mock.ReadAsync("?limit=2&cursor=" + next);
            rest.AddRange(page.Calls.Select(static call => call.Request.Path));
        }

        Assert.Equal(["/pets?n=3", "/pets?n=2", "/pets?n=1", "/pets?n=0"], rest);
    }

    [Fact]
    public async Task A_page_of_large_calls_ends_early_and_the_next_goes_on()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Bytes = "32Mi", Bodies = CallBodies.Full }, options: BundleHost.Loopback with { CallBytes = 64 * 1024 * 1024 });
        byte[] body = new byte[700_000];
        for (int number = 0; number < 12; number++)
        {
            using HttpResponseMessage response = await mock.Mock.PostAsync("/pets", new ByteArrayContent(body), Cancel);
        }

        CallPage page = await mock.ReadAsync("?include=request.body");
        Assert.InRange(page.Calls.Count, 2, 11);
        int count = page.Calls.Count;
        while (page.Next is { } next)
        {
            page = await mock.ReadAsync("?include=request.body&cursor=" + next);
            count += page.Calls.Count;
        }

        Assert.Equal(12, count);
    }
}
