using System.Net;
using System.Text;
using Microsoft.Extensions.Logging;
using MockOperator.Resources;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Memory;
using MockOperator.Runtime.Requests;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Requests;

/// <summary>What clients make the runtime hold: bodies that they send slowly or not at all, answers that they do not read.</summary>
public sealed class HeldMemoryTests
{
    private const int Mebi = 1024 * 1024;
    private const string Close = " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    private static readonly string Large = new('x', 8 * Mebi);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Announced_bodies_of_which_nothing_comes_take_nothing()
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback with { RequestBytes = 64 * 1024 }, Echo());
        await using var clients = new Clients();
        for (int client = 0; client < 40; client++)
        {
            await clients.SendAsync(mock.Port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n");
        }

        Assert.EndsWith("\r\n\r\nsmall", await mock.Port.AskAsync("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nsmall"), StringComparison.Ordinal);
        Assert.Equal(0, mock.Host.Host.Memory.Requests.Refused);
    }

    [Fact]
    public async Task A_body_takes_as_much_as_has_come_of_it()
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback, Echo());
        await using var clients = new Clients();
        RawSocket client = await clients.SendAsync(mock.Port, "POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 10000000\r\n\r\n" + new string('x', 100_000));
        MemoryBudget budget = mock.Host.Host.Memory.Requests;
        await Eventually.IsTrueAsync(() => budget.Used >= 100_000, "100,000 bytes are held");
        Assert.InRange(budget.Used, 100_000, 512 * 1024);
        await client.SendAsync(new string('x', 9_900_000));
        Assert.EndsWith("x", await client.ReadToEndAsync(), StringComparison.Ordinal);
        await Eventually.IsTrueAsync(() => budget.Used == 0, "the body is given back");
    }

    [Fact]
    public async Task A_body_that_nobody_looks_at_any_more_is_not_held_while_its_answer_waits_but_for_what_is_remembered_of_it()
    {
        string compared = new('x', 200_000);
        ExampleSpec example = new()
        {
            Request = new ExampleRequestSpec { Method = "POST", Path = "/orders", Body = compared },
            Response = new ExampleResponseSpec { Status = 200, Body = "late" },
        };
        await using Served mock = await ServeAsync(BundleHost.Loopback, new DelaySpec { Fixed = "3m" }, example);
        await using var clients = new Clients();
        await clients.SendAsync(mock.Port, $"POST /orders HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nx-mock-match-request-body: true\r\nContent-Length: {compared.Length}\r\n\r\n" + compared);
        MemoryBudget budget = mock.Host.Host.Memory.Requests;
        await Eventually.IsTrueAsync(() => budget.Peak >= compared.Length, "the body was read");
        await Eventually.IsTrueAsync(() => budget.Used == 4096, "the body is given back");
        Assert.Equal(0, budget.Refused);
    }

    [Fact]
    public async Task Large_bodies_that_are_held_for_long_leave_room_for_the_small_calls_of_others()
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback with { RequestBytes = 32 * Mebi }, new DelaySpec { Fixed = "3m" }, Echo());
        await using var clients = new Clients();
        MemoryBudget budget = mock.Host.Host.Memory.Requests;
        for (int client = 1; client <= 4; client++)
        {
            await clients.SendAsync(mock.Port, $"POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: {Large.Length}\r\n\r\n" + Large);
            int held = Math.Min(client, 2);
            await Eventually.IsTrueAsync(() => budget.Refused == client - held && budget.Used == held * Large.Length, "two are held, others refused");
        }

        await clients.SendAsync(mock.Port, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nsmall");
        await Eventually.IsTrueAsync(() => budget.Used > 2 * Large.Length, "the small one is held, too");
        Assert.Equal(2, budget.Refused);
        await mock.Host.Host.MetricsAsync(
            "mock_memory_refused_total{of=\"request\"} 2\n", $"mock_memory_limit_bytes{{of=\"request\"}} {32 * Mebi}\n", "mock_memory_refused_total{of=\"response\"} 0\n");
    }

    [Fact]
    public async Task Who_does_not_read_a_large_answer_holds_a_slice_of_it_and_the_oldest_makes_room()
    {
        const int Room = 4;
        await using Served mock = await ServeAsync(
            BundleHost.Loopback with { ResponseBytes = (Room * BodySender.SliceBytes / 3 * 4) + 16 }, MountedBundle.Example("/large", Large), MountedBundle.Example("/small", "small"));
        await using var clients = new Clients();
        for (int client = 0; client < 3 * Room; client++)
        {
            await clients.SendAsync(mock.Port, "GET /large" + Close);
        }

        MemoryBudget budget = mock.Host.Host.Memory.Responses;
        await mock.Host.Host.MetricsAsync($"mock_requests_total{{mock=\"petstore\",code=\"200\",outcome=\"aborted\"}} {2 * Room}\n");
        Assert.InRange(budget.Peak, 1, budget.Limit);
        Assert.EndsWith("\r\n\r\nsmall", await mock.Port.AskAsync("GET /small" + Close), StringComparison.Ordinal);
        string read = await mock.Port.AskAsync("GET /large" + Close);
        Assert.EndsWith(Large, read, StringComparison.Ordinal);
        await clients.DisposeAsync();
        await Eventually.IsTrueAsync(() => budget.Used == 0, "what nobody will read is given back");
    }

    [Fact]
    public async Task Large_answers_that_are_made_for_one_request_share_a_budget_and_small_ones_still_fit()
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback with { ResponseBytes = 24 * Mebi }, Echo());
        await using var clients = new Clients();
        string request = $"POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {Large.Length}\r\n\r\n" + Large;
        MemoryBudget budget = mock.Host.Host.Memory.Responses;
        for (int client = 1; client <= 2; client++)
        {
            await clients.SendAsync(mock.Port, request);
            long held = client * Large.Length;
            await Eventually.IsTrueAsync(() => budget.Used >= held, "an answer waits for its reader");
        }

        string refused = await mock.Port.AskAsync(request);
        Assert.StartsWith("HTTP/1.1 503 ", refused, StringComparison.Ordinal);
        Assert.Contains("mockOverloadedError", refused, StringComparison.Ordinal);
        Assert.EndsWith("\r\n\r\nsmall", await mock.Port.AskAsync("POST /echo HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 5\r\n\r\nsmall"), StringComparison.Ordinal);
        Assert.InRange(budget.Peak, 1, budget.Limit);
        await clients.DisposeAsync();
        await Eventually.IsTrueAsync(() => budget.Used == 0, "what nobody will read is given back");
    }

    [Fact]
    public async Task A_connection_keeps_nothing_of_an_answer_that_was_made_for_it()
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback, Echo());
        using HttpResponseMessage response = await mock.Host.Mock.PostAsync("/echo", new StringContent(new string('x', 50_000), Encoding.UTF8), Cancel);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Eventually.IsTrueAsync(() => mock.Host.Host.Memory.Responses.Used == 0, "the answer is given back while the connection lives");
    }

    [Theory]
    [InlineData("Content-Length: 65536\r\n\r\nhalf")]
    [InlineData("Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")]
    public async Task A_reset_in_the_middle_of_a_body_is_aborted_and_no_fault_of_ours(string rest)
    {
        using var log = new RecordedLog();
        await using Served mock = await ServeAsync(BundleHost.Loopback, null, log, Echo());
        await using RawSocket client = await RawSocket.ConnectAsync(mock.Port);
        await client.SendAsync("POST /echo HTTP/1.1\r\nHost: x\r\n" + rest);
        await Eventually.IsTrueAsync(() => mock.Host.Host.Memory.Requests.Used > 0, "the body is being read");
        client.Reset();
        string metrics = await mock.Host.Host.MetricsAsync("outcome=\"aborted\"} 1");
        Assert.DoesNotContain("outcome=\"error\"", metrics, StringComparison.Ordinal);
        Assert.Empty(log.Entries);
    }

    [Fact]
    public async Task A_reset_in_the_middle_of_an_answer_is_aborted_and_no_fault_of_ours()
    {
        using var log = new RecordedLog();
        await using Served mock = await ServeAsync(BundleHost.Loopback, null, log, MountedBundle.Example("/large", Large));
        await using RawSocket client = await RawSocket.ConnectAsync(mock.Port);
        await client.SendAsync("GET /large HTTP/1.1\r\nHost: x\r\n\r\n");
        await Eventually.IsTrueAsync(() => mock.Host.Host.Memory.Responses.Used > 0, "the answer waits for its reader");
        client.Reset();
        await mock.Host.Host.MetricsAsync("outcome=\"aborted\"} 1");
        Assert.Empty(log.Entries);
    }

    [Theory]
    [InlineData("POST /echo", "413")]
    [InlineData("POST /pets", "413")]
    [InlineData("GET /pets", "413")]
    [InlineData("PUT /nothing/like/it", "413")]
    public async Task Whoever_sends_more_than_ten_megabytes_to_the_end_comes_to_the_answer(string line, string status)
    {
        await using Served mock = await ServeAsync(BundleHost.Loopback, Echo(), MountedBundle.Example("/pets", "[]"));
        await using RawSocket client = await RawSocket.ConnectAsync(mock.Port);
        await client.SendAsync($"{line} HTTP/1.1\r\nHost: x\r\nContent-Length: 20000000\r\n\r\n");
        await client.SendAsync(new byte[20_000_000]);
        string response = await client.ReadToEndAsync();
        Assert.StartsWith($"HTTP/1.1 {status} ", response, StringComparison.Ordinal);
        Assert.Contains("requestTooLargeError", response, StringComparison.Ordinal);
        Assert.Equal(0, mock.Host.Host.Memory.Requests.Peak);
    }

    private static ExampleSpec Echo() => new()
    {
        Request = new ExampleRequestSpec { Method = "POST", Path = "/echo" },
        Response = new ExampleResponseSpec { Status = 200, Body = "{{$body}}" },
    };

    private static Task<Served> ServeAsync(RuntimeHostOptions options, params ExampleSpec[] examples) => ServeAsync(options, null, null, examples);

    private static Task<Served> ServeAsync(RuntimeHostOptions options, DelaySpec delay, params ExampleSpec[] examples) => ServeAsync(options, delay, null, examples);

    private static async Task<Served> ServeAsync(RuntimeHostOptions options, DelaySpec? delay, ILoggerFactory? loggers, params ExampleSpec[] examples)
    {
        var bundle = new MountedBundle();
        bundle.Publish("r1", MountedBundle.Definition(examples) with { Delay = delay }, gzip: true);
        return new Served(bundle, await BundleHost.StartAsync(bundle, options, loggers: loggers));
    }

    private sealed record Served(MountedBundle Bundle, BundleHost Host) : IAsyncDisposable
    {
        public int Port => Host.Host.MockPort;

        public async ValueTask DisposeAsync()
        {
            await Host.DisposeAsync();
            Bundle.Dispose();
        }
    }

    /// <summary>Sockets that stay open and do not read.</summary>
    private sealed class Clients : IAsyncDisposable
    {
        private readonly List<RawSocket> _clients = [];

        public async Task<RawSocket> SendAsync(int port, string request)
        {
            RawSocket client = await RawSocket.ConnectAsync(port);
            _clients.Add(client);
            await client.SendAsync(request);
            return client;
        }

        public async ValueTask DisposeAsync()
        {
            foreach (RawSocket client in _clients)
            {
                await client.DisposeAsync();
            }

            _clients.Clear();
        }
    }
}
