using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Completion;
using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.CommandLine;

public sealed class CompletionTests
{
    private static readonly FrozenTime Patient = new(FrozenTime.Noon, hasTimers: false);

    [Fact]
    public async Task Commands_options_and_values_are_proposed()
    {
        await using var cli = await PlayedCli.StartAsync(Patient);
        Assert.Equal("status\tShow how a mock is\n:4\n", Complete(cli, "sta"));
        Assert.Equal("--namespace\tThe namespace\n:4\n", Complete(cli, "list", "--name"));
        Assert.Equal("wide\nyaml\n", string.Join('\n', Complete(cli, "list", "-o", "").Split('\n').Where(line => line is "wide" or "yaml")) + "\n");
        Assert.Equal("--output=json\n:4\n", Complete(cli, "list", "--output=j"));
        Assert.Equal("json\n:4\n", Complete(cli, "list", "-o", "j"));
        Assert.DoesNotContain("complete", Complete(cli, "completion", ""), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_come_from_the_namespace_that_is_meant()
    {
        await using var cli = await PlayedCli.StartAsync(Patient);
        cli.AddMock("petstore");
        cli.AddMock("payments");
        cli.AddMock("other", ns: "default");
        Assert.Equal("payments\npetstore\n:4\n", Complete(cli, "status", ""));
        Assert.Equal("petstore\n:4\n", Complete(cli, "calls", "pet"));
        Assert.Equal("other\n:4\n", Complete(cli, "-n", "default", "key", "o"));
        Assert.Equal("petstore\n:4\n", Complete(cli, "calls", "-f", "pet"));
        // The second word is an id, of which nothing is known.
        Assert.Equal(":4\n", Complete(cli, "call", "petstore", ""));
    }

    [Fact]
    public async Task Files_are_left_to_the_shell()
    {
        await using var cli = await PlayedCli.StartAsync(Patient);
        Assert.Equal(":0\n", Complete(cli, "serve", ""));
        Assert.Equal(":0\n", Complete(cli, "list", "--kubeconfig", ""));
    }

    [Fact]
    public async Task A_cluster_that_is_away_is_no_error()
    {
        var cli = await PlayedCli.StartAsync();
        await cli.DisposeAsync();
        Assert.Equal(":4\n", Complete(cli, "status", "p"));
    }

    [Fact]
    public async Task The_program_that_kubectl_calls_is_printed()
    {
        await using var cli = await PlayedCli.StartAsync(Patient);
        cli.AddMock("petstore");
        var ran = await cli.RunAsync("completion");
        Assert.StartsWith("#!/bin/sh\n", ran.Output, StringComparison.Ordinal);
        Assert.Contains("exec kubectl-mock completion complete -- \"$@\"\n", ran.Output, StringComparison.Ordinal);
        Assert.Equal("petstore\n:4\n", (await cli.RunAsync("completion", "complete", "--", "status", "--namespace", "demo", "p")).Output);
        Assert.True(PluginCompletion.IsCalled("/usr/local/bin/kubectl_complete-mock"));
        Assert.False(PluginCompletion.IsCalled("/usr/local/bin/kubectl-mock"));
    }

    private static string Complete(PlayedCli cli, params string[] words)
    {
        using var output = new StringWriter { NewLine = "\n" };
        Assert.Equal(0, MockCommand.Complete(words, cli.Options(output, TextWriter.Null)));
        return output.ToString();
    }
}
