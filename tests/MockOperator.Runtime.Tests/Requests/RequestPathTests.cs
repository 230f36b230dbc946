using System.Net;
using System.Text;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Requests;

public sealed class RequestPathTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_static_example_comes_with_status_headers_and_body_and_nothing_of_ours_but_CORS()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[1]", 201));
        using HttpResponseMessage response = await mock.Host.Mock.GetAsync("/pets", Cancel);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("[1]", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.ToString());
        Assert.Equal(["Date", "Access-Control-Allow-Origin", "Access-Control-Expose-Headers"], response.Headers.Select(static header => header.Key));
    }

    [Fact]
    public async Task A_wildcard_fills_the_body()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets/{{id}}", "pet {{id}}"));
        Assert.Equal("pet 42", await mock.Host.Mock.GetStringAsync("/pets/42", Cancel));
    }

    [Fact]
    public async Task Probes_and_metrics_are_not_on_the_port_of_the_mocks()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        foreach (string path in (string[])["/healthz", "/readyz", "/metrics", "/control/v1/revision"])
        {
            Assert.Equal(HttpStatusCode.NotFound, (await mock.Host.Mock.GetAsync(path, Cancel)).StatusCode);
        }
    }

    [Fact]
    public async Task No_match_is_Postmans_error()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        using HttpResponseMessage response = await mock.Host.Mock.GetAsync("/completely/different", Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        using JsonDocument body = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("mockRequestNotFoundError", body.RootElement.GetProperty("error").GetProperty("name").GetString());
    }

    [Fact]
    public async Task HEAD_gets_the_head_of_GET()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[1,2]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("HEAD /pets HTTP/1.1\r\nHost: x\r\n\r\nGET /pets HTTP/1.1\r\nHost: x\r\n\r\n", Cancel);
        string head = await raw.ReadResponseAsync(Cancel, hasBody: false);
        Assert.StartsWith("HTTP/1.1 200 ", head, StringComparison.Ordinal);
        Assert.Contains("Content-Length: 5\r\n", head, StringComparison.Ordinal);
        Assert.EndsWith("[1,2]", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(304)]
    public async Task A_status_without_body_leaves_the_connection_usable(int status)
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/gone", "not sent", status), MountedBundle.Example("/pets", "[]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("GET /gone HTTP/1.1\r\nHost: x\r\n\r\nGET /pets HTTP/1.1\r\nHost: x\r\n\r\n", Cancel);
        Assert.StartsWith($"HTTP/1.1 {status} ", await raw.ReadResponseAsync(Cancel, hasBody: false), StringComparison.Ordinal);
        Assert.EndsWith("[]", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pipelined_requests_are_answered_in_order()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/n/{{n}}", "{{n}}"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync(string.Concat(Enumerable.Range(0, 50).Select(static n => $"GET /n/{n} HTTP/1.1\r\nHost: x\r\n\r\n")), Cancel);
        for (int n = 0; n < 50; n++)
        {
            Assert.EndsWith($"\r\n\r\n{n}", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/bad%zzpath", "invalidRequestError")]
    [InlineData("/bad%2", "invalidRequestError")]
    public async Task A_broken_target_is_an_error_in_Postmans_shape(string target, string name)
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync($"GET {target} HTTP/1.1\r\nHost: x\r\n\r\n", Cancel);
        string response = await raw.ReadResponseAsync(Cancel);
        Assert.StartsWith("HTTP/1.1 400 ", response, StringComparison.Ordinal);
        Assert.Contains($"{{\"error\":{{\"name\":\"{name}\"", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_absolute_target_is_taken_by_its_path()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[7]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("GET http://x/pets HTTP/1.1\r\nHost: x\r\n\r\n", Cancel);
        Assert.EndsWith("[7]", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("GARBAGE\r\n\r\n", " 400 ")]
    [InlineData("GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n", " 400 ")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nX Y: z\r\n\r\n", " 400 ")]
    [InlineData("GET / HTTP/9.9\r\nHost: x\r\n\r\n", " 505 ")]
    [InlineData("GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", " 400 ")]
    public async Task What_is_no_HTTP_is_refused_and_the_mock_lives_on(string request, string status)
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync(request, Cancel);
        string response = await raw.ReadToEndAsync(Cancel);
        Assert.Contains(status, response, StringComparison.Ordinal);
        AssertPostmanError(response);
        Assert.Equal("[]", await mock.Host.Mock.GetStringAsync("/pets", Cancel));
    }

    [Theory]
    [InlineData("ffffffff\r\n")]
    [InlineData("5\r\n{\"n\":\r\n7fffffffff\r\n")]
    [InlineData("g\r\n")]
    public async Task A_chunk_of_no_possible_size_is_refused(string chunks)
    {
        await using Served mock = await ServeAsync(new ExampleSpec
        {
            Request = new ExampleRequestSpec { Method = "POST", Path = "/pets", Body = "{}" },
            Response = new ExampleResponseSpec { Body = "{{$body}}" },
        });
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("POST /pets HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks, Cancel);
        Assert.StartsWith("HTTP/1.1 400 ", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_enormous_head_is_refused()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("GET /pets HTTP/1.1\r\nHost: x\r\nX-Big: " + new string('a', 70_000), Cancel);
        string response = await raw.ReadToEndAsync(Cancel);
        Assert.Contains(" 431 ", response, StringComparison.Ordinal);
        AssertPostmanError(response);
    }

    [Fact]
    public async Task A_refusal_after_a_good_request_on_the_same_connection_has_its_body_too()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("GET /pets HTTP/1.1\r\nHost: x\r\n\r\nBROKEN\r\n\r\n", Cancel);
        Assert.EndsWith("[]", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
        AssertPostmanError(await raw.ReadToEndAsync(Cancel));
    }

    [Fact]
    public async Task A_chunked_body_is_echoed()
    {
        await using Served mock = await ServeAsync(Echo());
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6\r\n world\r\n0\r\n\r\n", Cancel);
        Assert.EndsWith("hello world", await raw.ReadResponseAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_body_is_echoed_whole()
    {
        await using Served mock = await ServeAsync(Echo());
        string large = new('x', 5_000_000);
        using HttpResponseMessage response = await mock.Host.Mock.PostAsync("/echo", new StringContent(large, Encoding.UTF8), Cancel);
        Assert.Equal(large, await response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("Content-Length: 20000000")]
    [InlineData("Transfer-Encoding: chunked")]
    public async Task A_body_above_ten_megabytes_is_413_as_JSON(string framing)
    {
        await using Served mock = await ServeAsync(Echo());
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync($"POST /echo HTTP/1.1\r\nHost: x\r\n{framing}\r\n\r\n", Cancel);
        if (framing.StartsWith('T'))
        {
            string chunk = "100000\r\n" + new string('x', 0x100000) + "\r\n";
            for (int sent = 0; sent < 11; sent++)
            {
                await raw.SendAsync(chunk, Cancel);
            }
        }

        string response = await raw.ReadResponseAsync(Cancel);
        Assert.StartsWith("HTTP/1.1 413 ", response, StringComparison.Ordinal);
        Assert.Contains("requestTooLargeError", response, StringComparison.Ordinal);
        Assert.Contains("Connection: close", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_with_a_broken_chunk_is_400_as_JSON()
    {
        await using Served mock = await ServeAsync(Echo());
        await using RawClient raw = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await raw.SendAsync("POST /echo HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", Cancel);
        string response = await raw.ReadResponseAsync(Cancel);
        Assert.StartsWith("HTTP/1.1 400 ", response, StringComparison.Ordinal);
        Assert.Contains("invalidRequestError", response, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_simulated_outage_answers_every_call()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/pets", "[]")) with
        {
            ServerResponse = new ServerResponseSpec { Status = 503, Body = "down" },
        });
        await using BundleHost host = await BundleHost.StartAsync(bundle);
        using HttpResponseMessage response = await host.Mock.GetAsync("/anything", Cancel);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("down", await response.Content.ReadAsStringAsync(Cancel));
        await host.Host.MetricsAsync("outcome=\"server_response\"");
    }

    [Fact]
    public async Task Explain_shows_scores_instead_of_the_answer()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets");
        request.Headers.Add("x-mock-explain", "true");
        using HttpResponseMessage response = await mock.Host.Mock.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        using JsonDocument table = JsonDocument.Parse(await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(JsonValueKind.Object, table.RootElement.ValueKind);
    }

    [Fact]
    public async Task Requests_are_counted_by_outcome_and_status_only()
    {
        await using Served mock = await ServeAsync(MountedBundle.Example("/pets", "[]"));
        for (int number = 0; number < 20; number++)
        {
            await mock.Host.Mock.GetAsync($"/unknown/path/{number}?q={number}", Cancel);
        }

        await mock.Host.Mock.GetAsync("/pets", Cancel);
        string metrics = await mock.Host.Host.MetricsAsync(
            "mock_requests_total{mock=\"petstore\",code=\"404\",outcome=\"no_match\"} 20", "mock_requests_total{mock=\"petstore\",code=\"200\",outcome=\"matched\"} 1");
        Assert.Equal(2, metrics.Split('\n').Count(static line => line.StartsWith("mock_requests_total{", StringComparison.Ordinal)));
    }

    private static void AssertPostmanError(string response)
    {
        int end = response.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        using JsonDocument body = JsonDocument.Parse(response[end..]);
        Assert.NotNull(body.RootElement.GetProperty("error").GetProperty("header").GetString());
        Assert.Contains($"Content-Length: {response.Length - end}\r\n", response, StringComparison.Ordinal);
        Assert.Contains("Connection: close\r\n", response, StringComparison.Ordinal);
    }

    private static ExampleSpec Echo() => new()
    {
        Request = new ExampleRequestSpec { Method = "POST", Path = "/echo" },
        Response = new ExampleResponseSpec { Status = 200, Body = "{{$body}}", Headers = [new() { Name = "Content-Type", Value = "text/plain" }] },
    };

    private static async Task<Served> ServeAsync(params ExampleSpec[] examples)
    {
        var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(examples));
        return new Served(bundle, await BundleHost.StartAsync(bundle));
    }

    private sealed record Served(MountedBundle Bundle, BundleHost Host) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            Bundle.Dispose();
        }
    }
}
