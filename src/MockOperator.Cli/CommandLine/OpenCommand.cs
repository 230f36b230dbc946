using System.CommandLine;
using MockOperator.Cli.Connections;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock open</c>: a mock in the browser.</summary>
internal static class OpenCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("open", "Open a mock in the browser, through a port of this machine. Ctrl+C ends.");
        var name = MockArgument.Mock(options);
        var page = new Argument<string>("page") { Description = "The path to open.", DefaultValueFactory = _ => "/" };
        command.Arguments.Add(name);
        command.Arguments.Add(page);
        command.SetClusterAction(options, (call, cancellationToken) => ForwardCommand.RunAsync(call, call.Result.GetValue(name)!, 0, call.Result.GetValue(page), cancellationToken));
        return command;
    }
}
