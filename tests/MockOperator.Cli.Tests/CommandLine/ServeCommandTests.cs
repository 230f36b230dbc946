using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MockOperator.Runtime.Tests.CommandLine;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class ServeCommandTests : IDisposable
{
    private readonly LocalDirectory _files = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _files.Dispose();

    [Fact]
    public async Task A_missing_file_is_named()
    {
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, "serve", Path.Combine(_files.Path, "absent.json"));
        Assert.Equal(1, code);
        Assert.Contains("absent.json: There is no such file", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_follows_edits_and_keeps_what_it_serves_through_a_broken_one()
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets.Replace("TEXT", "first", StringComparison.Ordinal));
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = Serve(port, file);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await process.UntilAsync(client, "/pets", static body => body == "first", Cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        // It answers a moment before it says where.
        while (!process.Output.Contains($"http://127.0.0.1:{port}", StringComparison.Ordinal))
        {
            await Task.Delay(10, deadline.Token);
        }

        _files.Write("pets.json", "{ broken");
        while (!process.Errors.Contains("pets.json", StringComparison.Ordinal))
        {
            await Task.Delay(10, deadline.Token);
        }

        Assert.Equal("first", await client.GetStringAsync("/pets", Cancel));
        _files.Write("pets.json", LocalDirectory.Pets.Replace("TEXT", "second", StringComparison.Ordinal));
        await process.UntilAsync(client, "/pets", static body => body == "second", Cancel);
    }

    [Fact]
    public async Task Serve_listens_on_the_loopback_address_unless_told_otherwise()
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets);
        using var client = new HttpClient();
        string[] common = ["serve", file, "--admin-port", "0", "--calls-port", "0"];
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = ProgramProcess.Start([.. common, "--port", $"{port}"]);
        await process.UntilAsync(client, $"http://127.0.0.1:{port}/pets", static body => body == "TEXT", Cancel);
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync($"http://127.0.0.2:{port}/pets", Cancel));

        int open = ProgramProcess.FreePort();
        await using ProgramProcess everywhere = ProgramProcess.Start([.. common, "--port", $"{open}", "--address", "0.0.0.0"]);
        await everywhere.UntilAsync(client, $"http://127.0.0.2:{open}/pets", static body => body == "TEXT", Cancel);
    }

    [Fact]
    public async Task A_port_that_nobody_named_may_be_another_and_one_that_was_named_may_not()
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets);
        using var client = new HttpClient();

        // Whether it is ours or somebody else's: nobody gets them now.
        using TcpListener? metrics = Take(9090);
        using TcpListener? calls = Take(9092);
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = ProgramProcess.Start("serve", file, "--port", $"{port}");
        await process.UntilAsync(client, $"http://127.0.0.1:{port}/pets", static body => body == "TEXT", Cancel);
        await process.SaysAsync("Metrics: http://localhost:", Cancel);
        Assert.DoesNotContain("localhost:9090/metrics", process.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("localhost:9092/calls", process.Output, StringComparison.Ordinal);

        using TcpListener mine = Take(0)!;
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, "serve", file, "--port", "0", "--admin-port", $"{((IPEndPoint)mine.LocalEndpoint).Port}");
        Assert.Equal(1, code);
        Assert.Contains($":{((IPEndPoint)mine.LocalEndpoint).Port}", errors, StringComparison.Ordinal);
        Assert.Contains("--admin-port", errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Calls_are_shown_a_line_each_to_whoever_wants_to_look_on(bool shows)
    {
        string file = _files.Write("pets.json", LocalDirectory.Pets.Replace("\"ok\"", "\"all \\u001b[31mpets\"", StringComparison.Ordinal));
        int port = ProgramProcess.FreePort();
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await using ProgramProcess process = ProgramProcess.Start("serve", file, "--port", $"{port}", "--admin-port", "0", "--calls-port", "0", "--show-calls", shows ? "true" : "false");
        await process.UntilAsync(client, "/pets?apikey=hunter2", static body => body == "TEXT", Cancel);
        using (HttpResponseMessage missed = await client.GetAsync("/nothing", Cancel))
        {
            Assert.Equal(HttpStatusCode.NotFound, missed.StatusCode);
        }

        await process.SignalAsync("TERM", Cancel);
        Assert.Equal(0, await process.WaitAsync(Cancel));
        Assert.Equal(shows, process.Output.Contains("pets  GET /pets?apikey=***  200  ", StringComparison.Ordinal));
        Assert.Equal(shows, process.Output.Contains(" ms  all ?[31mpets", StringComparison.Ordinal));
        Assert.Equal(shows, process.Output.Contains("pets  GET /nothing  404  ", StringComparison.Ordinal) && process.Output.Contains(" ms  no_match", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Several_mocks_are_told_apart_by_host_name_or_by_the_beginning_of_the_path()
    {
        _files.Write("pets.json", LocalDirectory.Pets.Replace("TEXT", "pets", StringComparison.Ordinal));
        _files.Write("shops.json", LocalDirectory.Pets.Replace("TEXT", "shops", StringComparison.Ordinal));
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = Serve(port, _files.Path);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        foreach ((string host, string expected) in ((string, string)[])[("pets", "pets"), ("shops.localhost:1234", "shops"), ("shops.default.svc.cluster.local", "shops")])
        {
            client.DefaultRequestHeaders.Host = host;
            await process.UntilAsync(client, "/pets", body => body == expected, Cancel);
        }

        client.DefaultRequestHeaders.Host = null;
        Assert.Equal("shops", await client.GetStringAsync("/shops/pets", Cancel));
        await process.SaysAsync($"http://127.0.0.1:{port}/shops  http://shops.localhost:{port}", Cancel);

        // A mock's own path comes first where its host is named.
        client.DefaultRequestHeaders.Host = "pets";
        using HttpResponseMessage own = await client.GetAsync("/shops/pets", Cancel);
        Assert.Contains("mockRequestNotFoundError", await own.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        client.DefaultRequestHeaders.Host = "localhost";
        using HttpResponseMessage unknown = await client.GetAsync("/nobody/pets", Cancel);
        Assert.Contains("\"hosts\":[\"pets.localhost\",\"shops.localhost\"]", await unknown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_lets_a_delayed_answer_finish_and_refuses_new_connections()
    {
        string file = _files.Write("slow.yaml", """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: slow}
            spec:
              collection:
                examples:
                - name: /slow
                  request: {path: /slow}
                  response: {body: finished, delay: 2s}
                - name: /fast
                  request: {path: /fast}
                  response: {body: fast}
            """);
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = Serve(port, file);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await process.UntilAsync(client, "/fast", static body => body == "fast", Cancel);
        Task<string> slow = client.GetStringAsync("/slow", Cancel);

        // The delayed request is under way once the injected delay is the only thing missing: a second one on another connection has been answered since.
        await process.UntilAsync(client, "/fast", static body => body == "fast", Cancel);
        await process.SignalAsync("TERM", Cancel);
        Assert.Equal("finished", await slow);
        Assert.Equal(0, await process.WaitAsync(Cancel));
        await Assert.ThrowsAsync<HttpRequestException>(() => client.GetStringAsync("/fast", Cancel));
    }

    private static TcpListener? Take(int port)
    {
        var listener = new TcpListener(IPAddress.Loopback, port);
        try
        {
            listener.Start();
            return listener;
        }
        catch (SocketException)
        {
            listener.Dispose();
            return null;
        }
    }

    private static ProgramProcess Serve(int port, string path) => ProgramProcess.Start(
        "serve", path, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--admin-port", "0", "--calls-port", "0");
}
