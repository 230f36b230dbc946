using MockOperator.Cli.CommandLine;
using MockOperator.Cli.Tests.Cluster;

namespace MockOperator.Cli.Tests.CommandLine;

/// <summary>Help is there at once, whatever the cluster does: it asks nobody.</summary>
public sealed class HelpTests
{
    [Fact]
    public async Task Help_asks_no_cluster()
    {
        await using var cli = await PlayedCli.StartAsync();
        cli.AddMock("petstore");
        var commands = MockCommand.Create(cli.Options(TextWriter.Null, TextWriter.Null)).Subcommands.Select(static command => command.Name).ToList();
        Assert.NotEmpty(commands);

        Assert.Equal(0, (await cli.RunAsync("--help")).Code);
        foreach (var command in commands)
        {
            var ran = await cli.RunAsync(command, "--help");
            Assert.Equal(0, ran.Code);
            Assert.DoesNotContain("petstore", ran.Output.Split("Examples:")[0], StringComparison.Ordinal);
        }

        Assert.Empty(cli.Cluster.Requests);
    }
}
