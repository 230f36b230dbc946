using System.Net;
using System.Text;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;
using MockOperator.Runtime.Tests.Requests;

namespace MockOperator.Runtime.Tests.Calls;

/// <summary>What is remembered of a call.</summary>
public class RememberedCallTests
{
    private const string Secret = "hunter2";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Whoever_has_the_answer_finds_the_call()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        for (int number = 1; number <= 50; number++)
        {
            Assert.Equal("Rex", await mock.Mock.GetStringAsync("/pets", Cancel));
            Assert.Equal(number, (await mock.ReadAsync()).Remembered);
        }
    }

    [Fact]
    public async Task A_call_is_remembered_with_all_that_it_was()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets/42?color=red");
        request.Headers.Add("X-Trace", ["one", "two"]);
        using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
        MockCall call = await mock.OnlyAsync();
        Assert.Equal(("petstore", "shop", "matched", "r1"), (call.Mock, call.Namespace, call.Outcome, call.Revision));
        Assert.Equal(("GET", "/pets/42?color=red"), (call.Request.Method, call.Request.Path));
        Assert.Contains(new CalledHeader("X-Trace", "one, two"), call.Request.Headers!);
        Assert.Equal(0, call.Request.Body!.Length);
        Assert.Equal((200, "pet 42", 6L, false), (call.Response.Status, call.Response.Body!.Text, call.Response.Body.Length, call.Response.Body.IsTruncated));
        Assert.Contains(new CalledHeader("Content-Type", "text/plain"), call.Response.Headers!);
        Assert.Contains(new CalledHeader("Content-Length", "6"), call.Response.Headers!);
        Assert.Equal("/pets/{{id}}", call.Example!.Name);
        Assert.Equal("127.0.0.1", call.Caller.Address);
        Assert.Null(call.Nearest);
        Assert.InRange(call.DurationMilliseconds, 0, 60_000);
        Assert.InRange(call.ServedAt, DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddMinutes(5));
    }

    [Fact]
    public async Task A_list_is_short_unless_more_is_asked_for()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets", Cancel);
        MockCall call = await mock.OnlyAsync("");
        Assert.Equal((null, null, null, null), (call.Request.Headers, call.Request.Body, call.Response.Headers, call.Response.Body));
        call = await mock.OnlyAsync("?include=response.body");
        Assert.Equal((null, "Rex"), (call.Request.Headers, call.Response.Body!.Text));
    }

    [Theory]
    [InlineData(ExplainMode.All)]
    [InlineData(ExplainMode.None)]
    public async Task An_unmatched_call_comes_with_the_nearest_examples_whatever_its_caller_was_told(ExplainMode explain)
    {
        await using CalledMock mock = await CalledMock.StartAsync(CalledMock.Definition() with { Matching = new MatchingSpec { Explain = explain } });
        using HttpResponseMessage response = await mock.Mock.PostAsync("/pets", new StringContent("{\"name\":\"Max\"}"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(explain == ExplainMode.All, (await response.Content.ReadAsStringAsync(Cancel)).Contains("nearest", StringComparison.Ordinal));
        MockCall call = await mock.OnlyAsync();
        Assert.Equal(("no_match", 404, "{\"name\":\"Max\"}"), (call.Outcome, call.Response.Status, call.Request.Body!.Text));
        Assert.Null(call.Example);
        Assert.Equal(3, call.Nearest!.Count);
        Assert.Contains(call.Nearest, static near => near.Reason == "Its method is GET." && near.Request == "GET /pets");
    }

    [Fact]
    public async Task What_is_secret_is_masked_before_it_is_remembered()
    {
        await using CalledMock mock = await CalledMock.StartAsync(CalledMock.Definition(new CallLogSpec { RedactHeaders = ["X-Session"] }) with
        {
            Examples =
            [
                new ExampleSpec
                {
                    Request = new ExampleRequestSpec { Path = "/login" },
                    Response = new ExampleResponseSpec { Body = "in", Headers = [new() { Name = "Set-Cookie", Value = "session=" + Secret }] },
                },
            ],
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/login?apikey={Secret}&a=1&api_key={Secret}&access_token={Secret}");
        foreach (string name in (string[])["Authorization", "Proxy-Authorization", "Cookie", "x-api-key", "apikey", "x-session"])
        {
            request.Headers.TryAddWithoutValidation(name, Secret);
        }

        using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
        Assert.Equal("in", await response.Content.ReadAsStringAsync(Cancel));
        MockCall call = await mock.OnlyAsync();
        Assert.Equal("/login?apikey=***&a=1&api_key=***&access_token=***", call.Request.Path);
        Assert.Equal(6, call.Request.Headers!.Count(static header => header.Value == "***"));
        Assert.Contains(new CalledHeader("Set-Cookie", "***"), call.Response.Headers!);
        Assert.DoesNotContain(Secret, await mock.Calls.GetStringAsync($"/calls/{call.Id}", Cancel), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/a?b=key=", "/a?b=key=")]
    [InlineData("/apikey=1?x=2", "/apikey=1?x=2")]
    [InlineData("/a?api%5Fkey=1&x", "/a?api%5Fkey=***&x")]
    [InlineData("/a?APIKEY=1&apikey=2", "/a?APIKEY=***&apikey=***")]
    [InlineData("/a?%zz=1&apikey=", "/a?%zz=1&apikey=***")]
    [InlineData("/a?monkey=1", "/a?monkey=1")]
    [InlineData("/a", "/a")]
    public void Keys_in_a_query_are_masked_however_they_are_written(string target, string expected) => Assert.Equal(expected, Runtime.Calls.SecretQuery.Mask(target));

    [Fact]
    public async Task A_call_of_a_private_mock_tells_the_name_of_the_key_and_a_refused_one_what_was_answered()
    {
        await using CalledMock mock = await CalledMock.StartAsync(CalledMock.Definition() with { Access = new AccessDefinition { Private = true } }, keys: ("frontend", Secret));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/pets");
        request.Headers.Add("x-api-key", Secret);
        using HttpResponseMessage admitted = await mock.Mock.SendAsync(request, Cancel);
        using HttpResponseMessage refused = await mock.Mock.GetAsync("/pets", Cancel);
        CallPage page = await mock.ReadAsync("?include=request.headers,response.body");
        Assert.Equal([("unauthorized", 401, null), ("matched", 200, "frontend")], page.Calls.Select(static call => (call.Outcome, call.Response.Status, call.Caller.Key)));
        Assert.DoesNotContain(page.Calls[1].Request.Headers!, static header => header.Name.Equals("x-api-key", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task A_body_that_no_example_asks_for_is_remembered_too_and_no_more_of_it_than_was_said()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        byte[] body = [.. Enumerable.Range(0, 100_000).Select(static index => (byte)('a' + (index % 26)))];
        using HttpResponseMessage response = await mock.Mock.PostAsync("/pets", new ByteArrayContent(body), Cancel);
        MockCall call = await mock.OnlyAsync();
        Assert.Equal((100_000L, true), (call.Request.Body!.Length, call.Request.Body.IsTruncated));
        Assert.Equal(Encoding.ASCII.GetString(body, 0, 4096), call.Request.Body.Text);
        Assert.Equal(body[..4096], await mock.Calls.GetByteArrayAsync($"/calls/{call.Id}/request-body", Cancel));
    }

    [Theory]
    [InlineData(CallBodies.None, 0)]
    [InlineData(CallBodies.Truncated, 4096)]
    [InlineData(CallBodies.Full, 60_000)]
    public async Task Of_bodies_is_remembered_what_the_mock_says(CallBodies bodies, int expected)
    {
        string answer = new('x', 60_000);
        await using CalledMock mock = await CalledMock.StartAsync(MountedBundle.Definition(MountedBundle.Example("/big", answer)) with
        {
            CallLog = new CallLogSpec { Bodies = bodies },
            Matching = new MatchingSpec { Body = BodyMatching.Subset },
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/big") { Content = new StringContent(new string('y', 60_000)) };
        using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
        MockCall call = await mock.OnlyAsync();
        Assert.Equal((60_000L, expected), (call.Request.Body!.Length, call.Request.Body.Text?.Length ?? 0));
        Assert.Equal((60_000L, expected), (call.Response.Body!.Length, call.Response.Body.Text?.Length ?? 0));
        Assert.Equal((expected < 60_000, expected < 60_000), (call.Request.Body.IsTruncated, call.Response.Body.IsTruncated));
        Assert.Equal(answer[..expected], await mock.Calls.GetStringAsync($"/calls/{call.Id}/response-body", Cancel));
    }

    [Fact]
    public async Task Bytes_that_are_no_text_come_as_base64_and_a_text_that_was_cut_in_a_character_stays_text()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        byte[] binary = [0xff, 0x00, 0x80, 0x01];
        using HttpResponseMessage first = await mock.Mock.PostAsync("/pets", new ByteArrayContent(binary), Cancel);
        using HttpResponseMessage second = await mock.Mock.PostAsync("/pets", new StringContent("x" + new string('ü', 4000)), Cancel);
        CallPage page = await mock.ReadAsync("?include=request.body");
        Assert.Equal("x" + new string('ü', 2047), page.Calls[0].Request.Body!.Text);
        Assert.Equal((null, Convert.ToBase64String(binary)), (page.Calls[1].Request.Body!.Text, page.Calls[1].Request.Body!.Base64));
    }

    [Fact]
    public async Task Of_a_head_request_the_body_is_not_remembered_because_none_was_sent()
    {
        await using CalledMock mock = await CalledMock.StartAsync(MountedBundle.Definition(
            new ExampleSpec { Request = new ExampleRequestSpec { Method = "HEAD", Path = "/pets" }, Response = new ExampleResponseSpec { Body = "Rex" } }));
        using var request = new HttpRequestMessage(HttpMethod.Head, "/pets");
        using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
        MockCall call = await mock.OnlyAsync();
        Assert.Equal((0L, null, false), (call.Response.Body!.Length, call.Response.Body.Text, call.Response.Body.IsTruncated));
        Assert.Contains(new CalledHeader("Content-Length", "3"), call.Response.Headers!);
    }

    [Fact]
    public async Task Preflights_are_nobodys_calls()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        foreach (string origin in (string[])["https://shop.example", "null"])
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/pets");
            preflight.Headers.Add("Origin", origin);
            preflight.Headers.Add("Access-Control-Request-Method", "GET");
            using HttpResponseMessage response = await mock.Mock.SendAsync(preflight, Cancel);
        }

        await mock.Mock.GetStringAsync("/pets", Cancel);
        Assert.Equal("GET", (await mock.OnlyAsync("")).Request.Method);
    }

    [Fact]
    public async Task Only_unmatched_calls_are_remembered_if_the_mock_says_so()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Keep = CallKeeping.Unmatched });
        await mock.Mock.GetStringAsync("/pets", Cancel);
        using HttpResponseMessage missed = await mock.Mock.PostAsync("/nowhere", new StringContent("why"), Cancel);
        MockCall call = await mock.OnlyAsync();
        Assert.Equal(("/nowhere", "why", 3), (call.Request.Path, call.Request.Body!.Text, call.Nearest!.Count));
    }

    [Fact]
    public async Task No_call_is_remembered_if_the_mock_says_so_and_an_edit_counts_at_once()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets", Cancel);
        await mock.EditAsync(CalledMock.Definition(new CallLogSpec { Keep = CallKeeping.None }));
        await mock.Mock.GetStringAsync("/pets", Cancel);
        Assert.Equal(0, (await mock.ReadAsync()).Remembered);
        await mock.EditAsync(CalledMock.Definition());
        await mock.Mock.GetStringAsync("/pets?now=1", Cancel);
        Assert.Equal("/pets?now=1", (await mock.OnlyAsync("")).Request.Path);
    }

    [Fact]
    public async Task An_edit_of_the_bounds_keeps_the_newest_calls()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        for (int number = 0; number < 10; number++)
        {
            await mock.Mock.GetStringAsync($"/pets?n={number}", Cancel);
        }

        string newest = (await mock.ReadAsync()).Calls[0].Id;
        await mock.EditAsync(CalledMock.Definition(new CallLogSpec { Entries = 3 }));
        CallPage page = await mock.ReadAsync();
        Assert.Equal(newest, page.Calls[0].Id);
        Assert.Equal(["/pets?n=9", "/pets?n=8", "/pets?n=7"], page.Calls.Select(static call => call.Request.Path));
        await mock.Mock.GetStringAsync("/pets?n=10", Cancel);
        Assert.Equal(["/pets?n=10", "/pets?n=9", "/pets?n=8"], (await mock.ReadAsync()).Calls.Select(static call => call.Request.Path));
    }

    [Fact]
    public async Task An_edit_of_anything_else_keeps_all_calls_and_each_says_which_revision_answered()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await mock.Mock.GetStringAsync("/pets", Cancel);
        await mock.EditAsync(CalledMock.Definition() with { Seed = 7 });
        await mock.Mock.GetStringAsync("/pets", Cancel);
        Assert.Equal(["r2", "r1"], (await mock.ReadAsync()).Calls.Select(static call => call.Revision));
    }

    [Fact]
    public async Task A_call_whose_client_leaves_is_told_as_given_up()
    {
        await using CalledMock mock = await CalledMock.StartAsync(CalledMock.Definition() with { Delay = new DelaySpec { Fixed = "1m" } });
        await using (RawClient client = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel))
        {
            await client.SendAsync("GET /pets HTTP/1.1\r\nHost: m\r\n\r\n", Cancel);
            await mock.Host.Host.MetricsAsync("mock_connections{port=\"mocks\"} 1");
        }

        await Eventually.IsTrueAsync(async () => (await mock.ReadAsync("?outcome=aborted")).Calls is [{ Response.Status: 0, Request.Path: "/pets" }], "the call is told");
    }

    [Fact]
    public async Task A_broken_body_that_nobody_needs_changes_no_answer()
    {
        await using CalledMock mock = await CalledMock.StartAsync();
        await using RawClient client = await RawClient.ConnectAsync(mock.Host.Host.MockPort, Cancel);
        await client.SendAsync("GET /pets HTTP/1.1\r\nHost: m\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nZZ\r\n", Cancel);
        Assert.EndsWith("Rex", await client.ReadResponseAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal((200, "matched"), ((await mock.OnlyAsync()).Response.Status, (await mock.OnlyAsync()).Outcome));
    }

    [Fact]
    public async Task A_thousand_headers_and_a_long_path_are_cut_and_nothing_breaks()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Bytes = "64Ki" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/" + new string('a', 9_000));
        for (int index = 0; index < 90; index++)
        {
            request.Headers.Add($"X-Long-{index}", new string('v', 300));
        }

        using HttpResponseMessage response = await mock.Mock.SendAsync(request, Cancel);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        MockCall call = await mock.OnlyAsync();
        Assert.EndsWith("a…", call.Request.Path, StringComparison.Ordinal);
        Assert.InRange(call.Request.Path.Length, 100, 9_000);
        Assert.InRange(call.Request.Headers!.Count, 1, 89);
        Assert.Contains(call.Response.Headers!, static header => header.Name == "Content-Type");
    }

    [Fact]
    public async Task The_journals_of_all_mocks_keep_within_the_memory_of_the_process()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Bytes = "8Mi", Entries = 100_000, Bodies = CallBodies.Full }, options: BundleHost.Loopback with { CallBytes = 256 * 1024 });
        byte[] body = new byte[20_000];
        for (int number = 0; number < 40; number++)
        {
            using HttpResponseMessage response = await mock.Mock.PostAsync("/pets", new ByteArrayContent(body), Cancel);
        }

        CallPage page = await mock.ReadAsync();
        Assert.InRange(page.Remembered, 4, 12);
        Assert.Equal(40, page.Remembered + page.Dropped);
        Assert.InRange(mock.Host.Host.Mocks.Journals.Memory.Peak, 1, 256 * 1024);
        await mock.Host.Host.MetricsAsync("mock_memory_limit_bytes{of=\"call\"} 262144");
    }

    [Fact]
    public async Task Calls_from_many_connections_are_all_remembered_once_and_in_order()
    {
        await using CalledMock mock = await CalledMock.StartAsync(new CallLogSpec { Entries = 5_000 });
        await Task.WhenAll(Enumerable.Range(0, 16).Select(async client =>
        {
            for (int number = 0; number < 100; number++)
            {
                await mock.Mock.GetStringAsync($"/pets?c={client}&n={number}", Cancel);
            }
        }));
        var seen = new List<MockCall>();
        string query = "?limit=333";
        while (true)
        {
            CallPage page = await mock.ReadAsync(query);
            seen.AddRange(page.Calls);
            if (page.Next is null)
            {
                break;
            }

            query = "?limit=333&cursor=" + page.Next;
        }

        Assert.Equal(1600, seen.Count);
        Assert.Equal(1600, seen.Select(static call => call.Request.Path).Distinct().Count());
        Assert.Equal(seen.OrderByDescending(static call => call.ServedAt).Select(static call => call.ServedAt), seen.Select(static call => call.ServedAt));
    }
}
