using System.Net;
using System.Text.RegularExpressions;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed partial class DashboardCommandTests
{
    [Fact]
    public async Task The_printed_address_opens_the_dashboard_of_the_namespace_that_was_named_once()
    {
        await using var cli = await PlayedCli.StartAsync(TimeProvider.System);
        cli.AddMock("petstore", ns: "other");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new WatchedWriter();
        var running = MockCommand.RunAsync(["dashboard", "--no-open", "-n", "other"], cli.Options(output, TextWriter.Null), end.Token);
        var address = Url().Match(await ReadUntilAsync(output, "/enter/[0-9a-f]{64}\\s")).Value;
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() });
        using (var entered = await http.GetAsync(new Uri(address), end.Token))
            Assert.Equal(HttpStatusCode.SeeOther, entered.StatusCode);
        Assert.Contains("petstore", await http.GetStringAsync(new Uri(new Uri(address), "/mocks"), end.Token), StringComparison.Ordinal);
        using (var again = await http.GetAsync(new Uri(address), end.Token))
            Assert.Equal(HttpStatusCode.Unauthorized, again.StatusCode);
        await end.CancelAsync();
        Assert.Contains(await running, (int[])[0, 130]);
    }

    [Fact]
    public async Task The_console_asks_for_a_token_and_has_no_rights_without_one()
    {
        await using var cli = await PlayedCli.StartAsync(TimeProvider.System);
        cli.Cluster.Users["of-a-viewer"] = PlayedUser.Viewer("demo");
        cli.AddMock("petstore");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        await using var output = new WatchedWriter();
        var running = MockCommand.RunAsync(["console", "--address", "127.0.0.1", "--port", "0", "--api-port", "0", "--token-header", "X-Token"], cli.Options(output, TextWriter.Null), end.Token);
        var url = new Uri(Url().Match(await ReadUntilAsync(output, "The dashboard listens on http\\S+\\s")).Value);
        using var http = new HttpClient();
        using (var nobody = await http.GetAsync(new Uri(url, "/mocks?namespace=demo"), end.Token))
            Assert.Equal(HttpStatusCode.Unauthorized, nobody.StatusCode);
        Assert.Empty(cli.Cluster.Requests);
        Assert.Equal("ok", await http.GetStringAsync(new Uri(url, "/readyz"), end.Token));
        http.DefaultRequestHeaders.Add("X-Token", "of-a-viewer");
        Assert.Contains("petstore", await http.GetStringAsync(new Uri(url, "/mocks?namespace=demo"), end.Token), StringComparison.Ordinal);
        Assert.All(cli.Cluster.Requests, request => Assert.Equal("viewer", request.User));
        await end.CancelAsync();
        Assert.Contains(await running, (int[])[0, 130]);
    }

    [Theory]
    [InlineData("--token-header takes one", "--token-header", "Impersonate-User")]
    [InlineData("is no address", "--address", "everywhere")]
    [InlineData("is for a pod", "--certificate-authority", "/none")]
    [InlineData("cannot be read", "--session-key-file", "/none")]
    [InlineData("is no port", "--port", "70000")]
    public async Task What_the_console_cannot_use_is_told(string said, params string[] options)
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync(["console", .. options]);
        Assert.Equal(1, ran.Code);
        Assert.Contains(said, ran.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> ReadUntilAsync(WatchedWriter output, string pattern)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (!Regex.IsMatch(output.Text, pattern, RegexOptions.ExplicitCapture))
            await Task.Delay(20, deadline.Token);
        return output.Text;
    }

    [GeneratedRegex("http://\\S+")]
    private static partial Regex Url();
}
