using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Tests.Cluster;
using MockOperator.Testing;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class ErrorTests
{
    [Fact]
    public async Task A_token_that_has_expired_is_said_to_be_that()
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync("expired", isTerminal: false, ["list"]);
        Assert.Equal(1, ran.Code);
        Assert.Contains("does not know who you are", ran.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_cluster_without_the_definitions_is_told_how_to_get_them()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.Cluster.Trouble = _ => (404, "the server could not find the requested resource");
        foreach (var command in (string[][])[["list"], ["status", "petstore"], ["usage"]])
            Assert.Equal((1, $"Error: {ClusterFault.NotInstalled}\n"), ((await cli.RunAsync(command)) is var ran ? (ran.Code, ran.Errors) : default));
    }

    [Fact]
    public async Task A_name_that_is_not_there_is_answered_with_those_that_are_near()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore");
        cli.AddMock("orders");
        Assert.Equal("Error: There is no MockServer petsore in the namespace demo. Did you mean petstore?\n", (await cli.RunAsync("status", "petsore")).Errors);
        Assert.Equal("Error: There is no MockServer zebra in the namespace demo. There are: orders, petstore.\n", (await cli.RunAsync("calls", "zebra")).Errors);
        Assert.Equal("Error: There is no MockServer zebra in the namespace default. There is none of any name there; -n names another namespace.\n", (await cli.RunAsync("key", "zebra", "-n", "default")).Errors);
    }

    [Fact]
    public async Task An_API_server_that_is_away_is_named()
    {
        var cli = await PlayedCli.StartAsync();
        var address = cli.Cluster.Address;
        await cli.DisposeAsync();
        var ran = await cli.RunAsync("list");
        Assert.Equal(1, ran.Code);
        Assert.StartsWith($"Error: The API server {address}/ cannot be reached: Connection refused", ran.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("lsit")]
    [InlineData("list", "-o", "xml")]
    [InlineData("status")]
    [InlineData("calls", "petstore", "--limit", "0")]
    [InlineData("forward", "petstore", "70000")]
    [InlineData("list", "surplus")]
    public async Task A_wrong_command_line_says_what_is_wrong_in_a_few_lines(params string[] arguments)
    {
        await using var cli = await PlayedCli.StartAsync();
        var ran = await cli.RunAsync(arguments);
        Assert.Equal(1, ran.Code);
        Assert.InRange(ran.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length, 1, 3);
        Assert.DoesNotContain("Usage:", ran.Output, StringComparison.Ordinal);
        Assert.Empty(cli.Cluster.Requests);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_not_there_is_named()
    {
        using var errors = new StringWriter();
        var console = new CommandConsole { Out = TextWriter.Null, Error = errors, In = TextReader.Null };
        Assert.Equal(1, await MockCommand.RunAsync(["list", "--kubeconfig", "/nowhere/config"], new ClusterOptions(console), TestContext.Current.CancellationToken));
        Assert.Equal("Error: There is no kubeconfig /nowhere/config.", errors.ToString().TrimEnd());
    }

    [Fact]
    public async Task Whoever_has_no_kubeconfig_is_told_how_to_name_one()
    {
        using var errors = new StringWriter();
        var console = new CommandConsole { Out = TextWriter.Null, Error = errors, In = TextReader.Null, Variable = static _ => null };
        Assert.Equal(1, await MockCommand.RunAsync(["list"], new ClusterOptions(console), TestContext.Current.CancellationToken));
        Assert.Equal("Error: There is no kubeconfig. Name one with --kubeconfig or KUBECONFIG, or write ~/.kube/config as your cluster's provider says.", errors.ToString().TrimEnd());
    }

    [Fact]
    public async Task A_context_is_asked_for_where_none_is_current()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, "contexts: [{name: one, context: {cluster: c}}]\n", TestContext.Current.CancellationToken);
        using var errors = new StringWriter();
        var console = new CommandConsole { Out = TextWriter.Null, Error = errors, In = TextReader.Null };
        Assert.Equal(1, await MockCommand.RunAsync(["list", "--kubeconfig", file], new ClusterOptions(console), TestContext.Current.CancellationToken));
        Assert.Equal("Error: The kubeconfig has no current context (there are: one). Choose one with `kubectl config use-context`. --context names one for this command alone.", errors.ToString().TrimEnd());
        File.Delete(file);
    }

    [Fact]
    public async Task A_kubeconfig_that_is_named_leads_to_its_cluster()
    {
        await using var cluster = await PlayedCluster.StartAsync();
        var directory = Directory.CreateTempSubdirectory("kubeconfig-").FullName;
        var file = await cluster.WriteKubeconfigAsync(Path.Combine(directory, "config"));
        var console = new CommandConsole { Out = TextWriter.Null, Error = TextWriter.Null, In = TextReader.Null };
        Assert.Equal(0, await MockCommand.RunAsync(["list", "--kubeconfig", file, "-o", "json"], new ClusterOptions(console), TestContext.Current.CancellationToken));
        Assert.NotEmpty(cluster.Requests);
        Directory.Delete(directory, recursive: true);
    }
}
