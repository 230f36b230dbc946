using System.Text.Json.Nodes;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class ListTests
{
    private const string Served = """{"collection":{"name":"petstore","version":"v1"},"exampleCount":12,"replicas":2,"readyReplicas":2,"calls":{"quota":"team-a","answered":1234}}""";

    [Fact]
    public async Task Mocks_are_listed_with_what_is_wrong_a_line_each()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", status: Served);
        cli.AddMock("orders", reason: "ConfigMapNotFound", message: "There is no ConfigMap orders-json. Create it.");
        var ran = await cli.RunAsync("list");
        Assert.Equal(
            """
            NAME       STATE     URL                        COLLECTION    CALLS   AGE   PROBLEM
            orders     Failing   http://orders.demo.svc     -             -       3d    There is no ConfigMap orders-json. Create it.
            petstore   Ready     http://petstore.demo.svc   petstore v1   1,234   3d

            """,
            ran.Output);
        Assert.Equal((0, ""), (ran.Code, ran.Errors));
    }

    [Fact]
    public async Task At_a_terminal_what_is_wrong_has_lines_of_its_own()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("orders", reason: "InvalidSpec", message: "The delay is longer than a minute. Choose one that is not, for callers give up before that and nobody would see the answer.");
        var ran = await cli.TypeAsync("ls");
        Assert.Equal(
            """
            NAME     STATE     URL                      COLLECTION   CALLS   AGE
            orders   Failing   http://orders.demo.svc   -            -       3d
              The delay is longer than a minute. Choose one that is not, for callers give up before that and
              nobody would see the answer.

            """,
            ran.Output);
    }

    [Fact]
    public async Task At_a_narrow_terminal_a_mock_is_a_line_all_the_same()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("a-mock-with-quite-a-long-name", status: """{"collection":{"name":"a-collection-with-quite-a-long-name","version":"v1"},"calls":{"quota":"q","answered":1}}""");
        Assert.Equal(
            """
            NAME                           STATE  URL                       COLLECTION                CALLS  AGE
            a-mock-with-quite-a-long-name  Ready  http://a-mock-with-quit…  a-collection-with-quite…  1      3d

            """,
            (await cli.TypeAsync("list")).Output);
    }

    [Fact]
    public async Task All_namespaces_and_wide_have_more_columns()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", """{"private":true,"displayName":"Pet Store"}""", Served);
        cli.AddMock("other", ns: "default");
        var ran = await cli.RunAsync("list", "-A", "-o", "wide");
        var lines = ran.Output.Split('\n');
        Assert.StartsWith("NAMESPACE   NAME", lines[0], StringComparison.Ordinal);
        Assert.Contains("EXAMPLES   PODS   ACCESS    EXTERNAL URL   DISPLAY NAME", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("default     other", lines[1], StringComparison.Ordinal);
        Assert.EndsWith("12         2/2    private   -              Pet Store", lines[2], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_namespace_may_stand_before_the_command_as_kubectl_passes_it_on()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("other", ns: "default");
        Assert.Equal("mockserver.mockoperator.dev/other\n", (await cli.RunAsync("-n", "default", "list", "-o", "name")).Output);
        Assert.Equal("mockserver.mockoperator.dev/other\n", (await cli.RunAsync("list", "-o", "name", "--namespace=default")).Output);
    }

    [Fact]
    public async Task Nothing_found_is_said_on_standard_error_and_no_error()
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync("list");
        Assert.Equal((0, ""), (ran.Code, ran.Output));
        Assert.StartsWith("No mocks found in the namespace demo.", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Labels_select()
    {
        await using var cli = await PlayedCli.StartAsync();
        var labelled = cli.AddMock("a");
        labelled["metadata"]!["labels"] = new JsonObject { ["team"] = "x" };
        cli.Cluster.Objects.Put("mockservers", labelled);
        cli.AddMock("b");
        Assert.Equal("mockserver.mockoperator.dev/a\n", (await cli.RunAsync("list", "-l", "team=x", "-o", "name")).Output);
    }

    [Fact]
    public async Task Objects_are_a_list_without_what_nobody_reads()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore", """{"displayName":"yes","serverResponses":[{"name":"down","status":503,"body":"line\nline\n"}]}""");
        var json = JsonNode.Parse((await cli.RunAsync("list", "-o", "json")).Output)!;
        Assert.Equal(("v1", "List"), ((string?)json["apiVersion"], (string?)json["kind"]));
        Assert.Equal("MockServer", (string?)json["items"]![0]!["kind"]);
        Assert.Null(json["items"]![0]!["metadata"]!["managedFields"]);

        var yaml = (await cli.RunAsync("list", "-o", "yaml")).Output;
        Assert.Contains("    displayName: \"yes\"\n", yaml, StringComparison.Ordinal);
        Assert.Contains("    - name: down\n      status: 503\n      body: |\n        line\n        line\n", yaml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thousand_mocks_take_two_requests()
    {
        await using var cli = await PlayedCli.StartAsync();
        for (var i = 0; i < 1000; i++)
            cli.AddMock($"mock-{i:000}", status: Served);
        var ran = await cli.RunAsync("list");
        Assert.Equal(1001, ran.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal(2, cli.Cluster.Requests.Count);
    }

    [Fact]
    public async Task What_others_wrote_does_not_reach_the_terminal_as_commands()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("a", reason: "InvalidSpec", message: "red \u001b[31m and a bell \a and\r\nlines");
        var ran = await cli.RunAsync("list");
        Assert.DoesNotContain('\u001b', ran.Output);
        Assert.Contains("red \uFFFD[31m and a bell \uFFFD and  lines", ran.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_may_not_is_told_which_right_is_missing()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Users["n"] = PlayedUser.Nobody;
        var ran = await cli.RunAsync("n", isTerminal: false, ["list"]);
        Assert.Equal((1, ""), (ran.Code, ran.Output));
        Assert.Equal("Error: nobody may not list mockservers in the namespace demo. What is missing is the right `list` on `mockservers.mockoperator.dev` there.\n", ran.Errors);

        cli.Cluster.Users["v"] = PlayedUser.Viewer("demo");
        var all = await cli.RunAsync("v", isTerminal: false, ["list", "-A"]);
        Assert.Equal(
            "Error: viewer may not list mockservers in all namespaces. What is missing is the right `list` on `mockservers.mockoperator.dev` there; name a namespace with -n to ask for less.\n", all.Errors);
    }
}
