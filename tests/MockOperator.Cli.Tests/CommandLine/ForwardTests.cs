using System.Globalization;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Tests.Access;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed partial class ForwardTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_port_of_this_machine_leads_to_the_mock_also_when_its_pod_is_another()
    {
        await using var mock = await PlayedMock.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var output = new WatchedWriter();
        var forwarding = MockCommand.RunAsync(["forward", "petstore"], mock.Cli.Options(output, TextWriter.Null), end.Token);
        var url = await UrlAsync(output, forwarding);
        using var http = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero });
        Assert.Equal("pet", await http.GetStringAsync(new Uri(url, "/pets/7"), Cancel));
        var many = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => http.GetStringAsync(new Uri(url, "/pets"), Cancel)));
        Assert.All(many, body => Assert.Equal("[]", body));

        await using var other = await ServedFiles.OpenAsync($"apiVersion: mockoperator.dev/v1alpha1\nkind: MockServer\nmetadata: {{name: petstore}}\nspec:\n  {PlayedMock.Pets.Replace("body: 'pet'", "body: 'other'", StringComparison.Ordinal)}");
        mock.Cli.Cluster.Objects.Remove("pods", "demo", "petstore-mock-a");
        mock.Cli.Cluster.AddPod("petstore", "petstore-mock-b", other.Ports);
        Assert.Equal("other", await http.GetStringAsync(new Uri(url, "/pets/7"), Cancel));

        await end.CancelAsync();
        Assert.Equal(130, await forwarding);
    }

    [Fact]
    public async Task Whoever_has_said_all_still_gets_the_answer()
    {
        await using var mock = await PlayedMock.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var output = new WatchedWriter();
        var forwarding = MockCommand.RunAsync(["forward", "petstore"], mock.Cli.Options(output, TextWriter.Null), end.Token);
        var url = await UrlAsync(output, forwarding);
        using var client = new TcpClient("127.0.0.1", url.Port);
        using var reader = new StreamReader(client.GetStream());
        await client.Client.SendAsync(Encoding.ASCII.GetBytes("GET /pets/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"), Cancel);
        client.Client.Shutdown(SocketShutdown.Send);
        Assert.EndsWith("\r\n\r\npet", await reader.ReadToEndAsync(Cancel), StringComparison.Ordinal);
        await end.CancelAsync();
        await forwarding;
    }

    [Fact]
    public async Task What_stands_in_the_way_is_said_before_anybody_calls()
    {
        await using var mock = await PlayedMock.StartAsync();
        mock.Cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        Assert.Contains("`get` and `create` on `pods/portforward`", (await mock.Cli.RunAsync("v", false, ["forward", "petstore"])).Errors, StringComparison.Ordinal);

        using var taken = new TcpListener(System.Net.IPAddress.Loopback, 0);
        taken.Start();
        var port = ((System.Net.IPEndPoint)taken.LocalEndpoint).Port;
        Assert.StartsWith($"Error: Port {port} of this machine cannot be opened", (await mock.Cli.RunAsync("forward", "petstore", port.ToString(CultureInfo.InvariantCulture))).Errors, StringComparison.Ordinal);

        mock.Cli.Cluster.Objects.Remove("pods", "demo", "petstore-mock-a");
        Assert.Equal("Error: The mock petstore has no pod that is ready. `kubectl mock status petstore` says why.\n", (await mock.Cli.RunAsync("forward", "petstore")).Errors);
    }

    private static async Task<Uri> UrlAsync(WatchedWriter output, Task running)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (Url().Match(output.Text) is { Success: true } match)
                return new Uri(match.Groups["url"].Value);
            Assert.False(running.IsCompleted);
            await Task.Delay(20, deadline.Token);
        }
    }

    [GeneratedRegex("^(?<url>http://localhost:[0-9]+) → demo/petstore\r?\n", RegexOptions.ExplicitCapture)]
    private static partial Regex Url();
}
