using System.Globalization;
using System.Text.Json;

namespace MockOperator.Runtime.Tests.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private const string Pets = """
        {"info":{"name":"Pets","schema":"https://schema.getpostman.com/json/collection/v2.1.0/collection.json"},"item":[{"name":"pets",
        "response":[{"name":"ok","originalRequest":{"method":"GET","url":"/pets"},"code":200,"body":"TEXT"}]}]}
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("serve").FullName;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public async Task The_version_is_told()
    {
        (int code, string output, _) = await RuntimeProcess.RunAsync(Cancel, "--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("frobnicate")]
    [InlineData("serve")]
    [InlineData("serve", "x.json", "--port", "70000")]
    [InlineData("serve", "x.json", "--port", "many")]
    [InlineData("serve", "x.json", "--address", "nowhere")]
    [InlineData("pack", "x.json")]
    [InlineData("pack", "x.json", "--name", "Not A Name")]
    public async Task A_wrong_command_line_says_what_is_wrong(params string[] arguments)
    {
        (int code, _, string errors) = await RuntimeProcess.RunAsync(Cancel, arguments);
        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task Check_is_content_with_a_collection_it_understands()
    {
        string file = Write("pets.json", Pets);
        (int code, string output, _) = await RuntimeProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(0, code);
        Assert.Contains("pets: 1 examples", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_every_place_also_when_nothing_is_left_to_serve()
    {
        string file = Write("bad.json", """
            {"info":{"name":"x"},"item":[{"name":"a","request":{"url":"/a"},"response":[{"name":"r","code":"abc"},{"name":"s","code":[]}]}]}
            """);
        (int code, string output, _) = await RuntimeProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(1, code);
        Assert.Contains("skipped: item[0].response[0].code", output, StringComparison.Ordinal);
        Assert.Contains("skipped: item[0].response[1].code", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"info\":{},\"item\":[]}")]
    [InlineData("this is no JSON")]
    [InlineData("")]
    public async Task Check_fails_on_what_it_does_not_understand_and_says_so_as_JSON(string content)
    {
        string file = Write("broken.json", content);
        (int code, string output, _) = await RuntimeProcess.RunAsync(Cancel, "check", file, "--output", "json");
        Assert.Equal(1, code);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.False(report.RootElement.GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        (int code, _, string errors) = await RuntimeProcess.RunAsync(Cancel, "serve", Path.Combine(_directory, "absent.json"));
        Assert.Equal(1, code);
        Assert.Contains("absent.json: There is no such file", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_follows_edits_and_keeps_what_it_serves_through_a_broken_one()
    {
        string file = Write("pets.json", Pets.Replace("TEXT", "first", StringComparison.Ordinal));
        int port = RuntimeProcess.FreePort();
        await using RuntimeProcess process = Serve(port, file);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        await process.UntilAsync(client, "/pets", static body => body == "first", Cancel);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));

        // It answers a moment before it says where.
        while (!process.Output.Contains($"http://127.0.0.1:{port}", StringComparison.Ordinal))
        {
            await Task.Delay(10, deadline.Token);
        }

        Write("pets.json", "{ broken");
        while (!process.Errors.Contains("pets.json", StringComparison.Ordinal))
        {
            await Task.Delay(10, deadline.Token);
        }

        Assert.Equal("first", await client.GetStringAsync("/pets", Cancel));
        Write("pets.json", Pets.Replace("TEXT", "second", StringComparison.Ordinal));
        await process.UntilAsync(client, "/pets", static body => body == "second", Cancel);
    }

    [Fact]
    public async Task Packed_manifests_are_served_like_the_collection_they_were_made_of()
    {
        // Text that does not compress, so that it takes more than one ConfigMap.
        var random = new Random(1);
        byte[] noise = new byte[2_000_000];
        random.NextBytes(noise);
        string body = Convert.ToHexString(noise);
        string file = Write("big.json", Pets.Replace("TEXT", body, StringComparison.Ordinal));
        (int code, string manifests, _) = await RuntimeProcess.RunAsync(Cancel, "pack", file, "--name", "big");
        Assert.Equal(0, code);
        Assert.Contains("    parts:", manifests, StringComparison.Ordinal);
        string packed = Write("packed.yaml", manifests);
        int port = RuntimeProcess.FreePort();
        await using RuntimeProcess process = Serve(port, packed);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string served = await process.UntilAsync(client, "/pets", static text => text.Length > 0, Cancel);
        Assert.Equal(body, served);
    }

    [Fact]
    public async Task Several_mocks_are_told_apart_by_host_name()
    {
        Write("pets.json", Pets.Replace("TEXT", "pets", StringComparison.Ordinal));
        Write("shops.json", Pets.Replace("TEXT", "shops", StringComparison.Ordinal));
        int port = RuntimeProcess.FreePort();
        await using RuntimeProcess process = Serve(port, _directory);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        foreach ((string host, string expected) in ((string, string)[])[("pets", "pets"), ("shops.localhost:1234", "shops"), ("shops.default.svc.cluster.local", "shops")])
        {
            client.DefaultRequestHeaders.Host = host;
            await process.UntilAsync(client, "/pets", body => body == expected, Cancel);
        }

        client.DefaultRequestHeaders.Host = "localhost";
        using HttpResponseMessage unknown = await client.GetAsync("/pets", Cancel);
        Assert.Contains("\"hosts\":[\"pets.localhost\",\"shops.localhost\"]", await unknown.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SIGTERM_lets_a_delayed_answer_finish_and_refuses_new_connections()
    {
        string file = Write("slow.yaml", """
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
        int port = RuntimeProcess.FreePort();
        await using RuntimeProcess process = Serve(port, file);
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

    private static RuntimeProcess Serve(int port, string path) => RuntimeProcess.Start(
        "serve", path, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--admin-port", "0", "--calls-port", "0");

    private string Write(string name, string content)
    {
        string file = Path.Combine(_directory, name);
        File.WriteAllText(file, content);
        return file;
    }
}
