using System.Globalization;
using System.Text.Json;
using MockOperator.Resources;
using MockOperator.Runtime.Tests.Bundles;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.CommandLine;

public sealed class RunCommandTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_version_is_told()
    {
        (int code, string output, _) = await ProgramProcess.RunAsync(Cancel, "--version");
        Assert.Equal(0, code);
        Assert.Matches(@"^\d+\.\d+\.\d+", output);
    }

    [Theory]
    [InlineData("serve", "x.json")]
    [InlineData("run", "--port", "70000")]
    [InlineData("run", "--address", "nowhere")]
    public async Task A_wrong_command_line_says_what_is_wrong(params string[] arguments)
    {
        (int code, _, string errors) = await ProgramProcess.RunAsync(Cancel, arguments);
        Assert.Equal(1, code);
        Assert.NotEmpty(errors);
    }

    [Fact]
    public async Task A_pod_serves_its_bundle_logs_no_secret_and_ends_on_SIGTERM()
    {
        using var bundle = new MountedBundle();
        bundle.PublishSecret("env-0", ("password", "hunter2"));
        bundle.Publish("r1", MountedBundle.Definition(MountedBundle.Example("/", "{{password}}")) with
        {
            Environment = [new VariableLayer { SecretDirectory = "env-0" }],
        });
        int port = ProgramProcess.FreePort();
        int admin = ProgramProcess.FreePort();
        await using var process = ProgramProcess.Start(
            "run", "--bundle", bundle.BundlePath, "--secrets", bundle.SecretsPath, "--address", "127.0.0.1", "--port", Text(port), "--admin-port", Text(admin),
            "--control-port", "0", "--calls-port", "0", "--drain-delay", "0");
        using var client = new HttpClient();
        await process.UntilAsync(client, $"http://127.0.0.1:{admin}/readyz", static body => body == "ok\n", Cancel);
        Assert.Equal("hunter2", await client.GetStringAsync($"http://127.0.0.1:{port}/", Cancel));
        string metrics = await client.GetStringAsync($"http://127.0.0.1:{admin}/metrics", Cancel);
        Assert.Contains("mock_info{mock=\"petstore\",revision=\"r1\"} 1", metrics, StringComparison.Ordinal);
        await process.SignalAsync("TERM", Cancel);
        Assert.Equal(0, await process.WaitAsync(Cancel));
        Assert.NotEmpty(process.Errors);
        foreach (string line in process.Errors.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries))
        {
            using JsonDocument entry = JsonDocument.Parse(line);
            Assert.NotNull(entry.RootElement.GetProperty("message").GetString());
        }

        Assert.DoesNotContain("hunter2", process.Errors + process.Output + metrics, StringComparison.Ordinal);
    }

    /// <summary>Containers of some hosts may have 1,024 files open, which is fewer than the connections for which there is memory.</summary>
    [Fact]
    public async Task Where_few_files_may_be_open_silent_clients_keep_nobody_out()
    {
        using var bundle = new MountedBundle();
        bundle.Publish("r1", "hello");
        int port = ProgramProcess.FreePort();
        int admin = ProgramProcess.FreePort();
        await using var process = ProgramProcess.StartWithOpenFiles(
            512, "run", "--bundle", bundle.BundlePath, "--secrets", bundle.SecretsPath, "--address", "127.0.0.1", "--port", Text(port), "--admin-port", Text(admin),
            "--control-port", "0", "--calls-port", "0", "--max-connections", "1000");
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        await process.UntilAsync(client, $"http://127.0.0.1:{admin}/readyz", static body => body == "ok\n", Cancel);
        var silent = new List<RawSocket>();
        try
        {
            for (int number = 0; number < 1200; number++)
            {
                silent.Add(await RawSocket.ConnectAsync(number % 3 == 0 ? admin : port));
            }

            Assert.Equal("hello", await client.GetStringAsync($"http://127.0.0.1:{port}/", Cancel));
            Assert.Equal("ok\n", await client.GetStringAsync($"http://127.0.0.1:{admin}/healthz", Cancel));
        }
        finally
        {
            foreach (RawSocket socket in silent)
            {
                await socket.DisposeAsync();
            }
        }

        Assert.Contains("--max-connections 1000", process.Errors, StringComparison.Ordinal);
        Assert.Contains("512 files", process.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_told()
    {
        using var bundle = new MountedBundle();
        using var taken = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        int port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        (int code, _, string errors) = await ProgramProcess.RunAsync(
            Cancel, "run", "--bundle", bundle.BundlePath, "--secrets", bundle.SecretsPath, "--address", "127.0.0.1", "--port", Text(port), "--admin-port", "0", "--control-port", "0", "--calls-port", "0");
        Assert.Equal(1, code);
        Assert.Contains(Text(port), errors, StringComparison.Ordinal);
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
