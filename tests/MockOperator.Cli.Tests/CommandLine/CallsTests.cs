using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class CallsTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Calls_are_listed_the_newest_last_with_why_one_was_not_matched()
    {
        await using var mock = await PlayedMock.StartAsync();
        await mock.Pod.SendAsync("GET", "/pets?limit=1");
        await mock.Pod.SendAsync("GET", "/a/b/c/d");
        var all = await mock.Cli.RunAsync("calls", "petstore");
        var lines = all.Output.Split('\n');
        Assert.Matches("^TIME +METHOD +PATH +STATUS +ANSWERED BY +MS +ID$", lines[0]);
        Assert.Matches(@"^\d\d:\d\d:\d\d\.\d{3} +GET +/pets\?limit=1 +200 +all pets +\d+\.\d +\S+$", lines[1]);
        Assert.Matches("GET +/a/b/c/d +404 +no example matches", lines[2]);

        var unmatched = await mock.Cli.RunAsync("calls", "petstore", "--unmatched");
        Assert.DoesNotContain("all pets  ", unmatched.Output, StringComparison.Ordinal);
        Assert.Matches(@"\n  nearest: .+ \(GET /.+\): ", unmatched.Output);
    }

    [Fact]
    public async Task Filters_and_times_choose()
    {
        await using var mock = await PlayedMock.StartAsync();
        await mock.Pod.SendAsync("GET", "/pets");
        await mock.Pod.SendAsync("POST", "/pets");
        Assert.DoesNotContain("new pet", (await mock.Cli.RunAsync("calls", "petstore", "--method", "get")).Output, StringComparison.Ordinal);
        Assert.DoesNotContain("all pets", (await mock.Cli.RunAsync("calls", "petstore", "--status", "201")).Output, StringComparison.Ordinal);
        Assert.Contains("No call is as asked for, of 2 that are remembered.", (await mock.Cli.RunAsync("calls", "petstore", "--path", "/x*")).Errors, StringComparison.Ordinal);
        Assert.Contains("new pet", (await mock.Cli.RunAsync("calls", "petstore", "--since", "1h30m")).Output, StringComparison.Ordinal);
        Assert.Equal("", (await mock.Cli.RunAsync("calls", "petstore", "--since", "2126-01-01T00:00:00Z")).Output);
        Assert.Equal("Error: --since 'yesterday' is neither a span such as 5m, 2h30m or 1d nor a time such as 2026-11-27T06:30:00Z.\n", (await mock.Cli.RunAsync("calls", "petstore", "--since", "yesterday")).Errors);
        Assert.Equal(1, (await mock.Cli.RunAsync("calls", "petstore", "--status", "many")).Code);
    }

    [Fact]
    public async Task One_call_is_shown_whole_and_as_curl_with_its_secrets_masked()
    {
        await using var mock = await PlayedMock.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(mock.Pod.Url, "/pets?x=it's")) { Content = new StringContent("""{"name":"Rex"}""", null, "application/json") };
        request.Headers.Add("x-api-key", "hunter2");
        await mock.Pod.Http.SendAsync(request, Cancel);
        var id = await IdAsync(mock);
        var shown = await mock.Cli.RunAsync("call", "petstore", id);
        Assert.Equal(0, shown.Code);
        Assert.StartsWith("POST /pets?x=it's → 201  new pet\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("\nRequest\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("  {\n    \"name\": \"Rex\"\n  }\n", shown.Output, StringComparison.Ordinal);
        Assert.Contains("x-api-key: ***", shown.Output, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("hunter2", shown.Output, StringComparison.Ordinal);

        const string leftOut = "The header x-api-key is left out: its value is masked, for fear of secrets.";
        Assert.Contains(leftOut + "\n", shown.Output, StringComparison.Ordinal);
        var (code, curl, errors) = await mock.Cli.RunAsync("call", "petstore", id, "--curl");
        Assert.Equal((0, leftOut + "\n"), (code, errors));
        Assert.StartsWith("curl -i \\\n  -H ", curl, StringComparison.Ordinal);
        Assert.DoesNotContain("***", curl, StringComparison.Ordinal);
        Assert.EndsWith(" \\\n  --data-raw '{\"name\":\"Rex\"}' \\\n  'http://petstore.demo.svc/pets?x=it'\\''s'\n", curl, StringComparison.Ordinal);

        var json = JsonNode.Parse((await mock.Cli.RunAsync("call", "petstore", id, "-o", "json")).Output)!;
        Assert.Equal(("petstore-mock-a", id), ((string?)json["pod"], (string?)json["call"]!["id"]));
        Assert.Contains("remembers a call x-1", (await mock.Cli.RunAsync("call", "petstore", "x-1")).Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_followed_as_they_come()
    {
        await using var mock = await PlayedMock.StartAsync();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        end.CancelAfter(TimeSpan.FromSeconds(60));
        var output = new WatchedWriter();
        var errors = new WatchedWriter();
        var following = MockCommand.RunAsync(["calls", "petstore", "-f"], mock.Cli.Options(output, errors), end.Token);
        await UntilAsync(() => errors.Text.Contains("Following petstore-mock-a", StringComparison.Ordinal), end.Token);
        await mock.Pod.SendAsync("GET", "/pets/7");
        await UntilAsync(() => Regex.IsMatch(output.Text, "GET +/pets/7 +200 +one pet"), end.Token);
        await end.CancelAsync();
        Assert.Equal(130, await following);
    }

    [Fact]
    public async Task Clear_has_them_forgotten()
    {
        await using var mock = await PlayedMock.StartAsync();
        await mock.Pod.SendAsync("GET", "/pets");
        Assert.Equal("1 pod has forgotten their calls.\n", (await mock.Cli.RunAsync("calls", "petstore", "--clear")).Output);
        Assert.Equal("No calls are remembered.\n", (await mock.Cli.RunAsync("calls", "petstore")).Errors);
    }

    [Fact]
    public async Task Whoever_may_not_forward_ports_is_told_which_right_is_missing()
    {
        await using var mock = await PlayedMock.StartAsync();
        mock.Cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        var ran = await mock.Cli.RunAsync("v", isTerminal: false, ["calls", "petstore"]);
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.Contains("the rights `get` and `create` on `pods/portforward` in the namespace demo are needed", ran.Errors, StringComparison.Ordinal);
    }

    private static async Task<string> IdAsync(PlayedMock mock) =>
        (string)JsonNode.Parse((await mock.Cli.RunAsync("calls", "petstore", "-o", "json")).Output)!["calls"]![0]!["call"]!["id"]!;

    private static async Task UntilAsync(Func<bool> condition, CancellationToken deadline)
    {
        while (!condition())
            await Task.Delay(20, deadline);
    }
}
