using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MockOperator.Runtime.Tests.CommandLine;

namespace MockOperator.Cli.Tests.CommandLine;

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
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "--version");
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
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, arguments);
        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task Check_is_content_with_a_collection_it_understands()
    {
        string file = Write("pets.json", Pets);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(0, code);
        Assert.Contains("pets: 1 examples", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_names_every_place_also_when_nothing_is_left_to_serve()
    {
        string file = Write("bad.json", """
            {"info":{"name":"x"},"item":[{"name":"a","request":{"url":"/a"},"response":[{"name":"r","code":"abc"},{"name":"s","code":[]}]}]}
            """);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
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
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file, "--output", "json");
        Assert.Equal(1, code);
        using JsonDocument report = JsonDocument.Parse(output);
        Assert.False(report.RootElement.GetProperty("clean").GetBoolean());
    }

    [Fact]
    public async Task Check_says_what_the_API_server_would_say_and_where()
    {
        string file = Write("typo.yaml", """
            apiVersion: mockoperator.dev/v1alpha1
            kind: MockServer
            metadata: {name: typo}
            spec:
              collectionRef: {name: petstore}
              respons: {status: 200}
              matching: {mode: strict}
              delay: {milliseconds: 250}
            """);
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "check", file);
        Assert.Equal(1, code);
        Assert.StartsWith($"{file}:6: MockServer typo: unknown field \"spec.respons\"\n", output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "cli.md"), Cancel);
        Assert.Contains($"$ kubectl-mock check typo.yaml\n{output.Replace(_directory + "/", "", StringComparison.Ordinal)}```", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_file_is_named()
    {
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, "serve", Path.Combine(_directory, "absent.json"));
        Assert.Equal(1, code);
        Assert.Contains("absent.json: There is no such file", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Serve_follows_edits_and_keeps_what_it_serves_through_a_broken_one()
    {
        string file = Write("pets.json", Pets.Replace("TEXT", "first", StringComparison.Ordinal));
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
        (int code, string manifests, _) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "big");
        Assert.Equal(0, code);
        Assert.Contains("    parts:", manifests, StringComparison.Ordinal);
        string packed = Write("packed.yaml", manifests);
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = Serve(port, packed);
        using var client = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        string served = await process.UntilAsync(client, "/pets", static text => text.Length > 0, Cancel);
        Assert.Equal(body, served);
    }

    [Fact]
    public async Task Packed_manifests_hold_a_mock_and_labels_by_which_leftovers_of_a_larger_packing_are_found()
    {
        string file = Write("pets.json", Pets);
        (int code, string manifests, string errors) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "12e4", "--namespace", "shop");
        Assert.Equal(0, code);
        Assert.Equal(["ConfigMap", "Collection", "MockServer"], Lines(manifests, "kind: "));
        Assert.Equal(3, Lines(manifests, "    mockoperator.dev/packed-collection: \"12e4\"").Count());
        string revision = Assert.Single(Lines(manifests, "    mockoperator.dev/packed-revision: ").Distinct(StringComparer.Ordinal)).Trim('"');
        Assert.Contains($"kubectl delete configmaps -l 'mockoperator.dev/packed-collection=12e4,mockoperator.dev/packed-revision!={revision}'", errors, StringComparison.Ordinal);

        Write("pets.json", Pets.Replace("TEXT", "other", StringComparison.Ordinal));
        (_, string others, _) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "12e4", "--mock-server", "false");
        Assert.Equal(["ConfigMap", "Collection"], Lines(others, "kind: "));
        Assert.DoesNotContain(revision, others, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"a": 1}""", "collection")]
    [InlineData("this is no JSON", "JSON")]
    [InlineData("", "document is empty")]
    [InlineData("""{"info":{"name":"x"},"item":[]}""", "no saved example")]
    [InlineData("""{"name":"staging","values":[{"key":"a","value":"b"}]}""", "environment")]
    [InlineData("""{"apiVersion":"v1","kind":"ConfigMap"}""", "manifest")]
    public async Task What_is_no_collection_is_not_packed(string content, string said)
    {
        string file = Write("x.json", content);
        (int code, string output, string errors) = await ProgramProcess.RunAsync(Cancel, "pack", file, "--name", "x");
        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains(said, errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_samples_are_understood_as_they_would_be_applied()
    {
        (int code, string output, string errors) = await ProgramProcess.RunAsync(Cancel, "check", Path.Combine(Root(), "config", "samples"));
        Assert.True(code == 0, output + errors);
        Assert.Contains("petstore.yaml: petstore: 8 examples", output, StringComparison.Ordinal);
        string page = await File.ReadAllTextAsync(Path.Combine(Root(), "docs", "cli.md"), Cancel);
        Assert.Contains($"$ kubectl-mock check config/samples\n{output.Replace(Root() + "/", "", StringComparison.Ordinal)}```", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_samples_are_applied_together()
    {
        string folder = Path.Combine(Root(), "config", "samples");
        string kustomization = File.ReadAllText(Path.Combine(folder, "kustomization.yaml"));
        Assert.All(Directory.GetFiles(folder).Select(static file => Path.GetFileName(file)).Where(static name => name != "kustomization.yaml"), name => Assert.Contains(name, kustomization, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Serve_listens_on_the_loopback_address_unless_told_otherwise()
    {
        string file = Write("pets.json", Pets);
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
        string file = Write("pets.json", Pets);
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
        string file = Write("pets.json", Pets.Replace("\"ok\"", "\"all \\u001b[31mpets\"", StringComparison.Ordinal));
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
        Write("pets.json", Pets.Replace("TEXT", "pets", StringComparison.Ordinal));
        Write("shops.json", Pets.Replace("TEXT", "shops", StringComparison.Ordinal));
        int port = ProgramProcess.FreePort();
        await using ProgramProcess process = Serve(port, _directory);
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

    private static IEnumerable<string> Lines(string text, string beginning) =>
        text.Split('\n').Where(line => line.StartsWith(beginning, StringComparison.Ordinal)).Select(line => line[beginning.Length..].Trim());

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

    private static string Root()
    {
        DirectoryInfo folder = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "MockOperator.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests run outside the project.");
        }

        return folder.FullName;
    }

    private static ProgramProcess Serve(int port, string path) => ProgramProcess.Start(
        "serve", path, "--address", "127.0.0.1", "--port", port.ToString(CultureInfo.InvariantCulture), "--admin-port", "0", "--calls-port", "0");

    private string Write(string name, string content)
    {
        string file = Path.Combine(_directory, name);
        File.WriteAllText(file, content);
        return file;
    }
}
