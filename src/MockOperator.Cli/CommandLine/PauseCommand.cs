using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock pause</c> and <c>resume</c>: a mock without pods costs nothing and keeps everything else, its URL included.</summary>
internal static class PauseCommand
{
    /// <summary>Builds <c>pause</c>.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("pause", "Take the pods of a mock away. It keeps everything else, and its URL; how many pods it had is remembered in an annotation.");
        var name = MockArgument.Mock(options);
        command.Arguments.Add(name);
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var found = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            return await EditCommand.EditAsync(call, found, static _ => new MockEdit { Paused = true }, dryRun, output.Read(call.Result), "paused", cancellationToken);
        });
        return command;
    }

    /// <summary>Builds <c>resume</c>.</summary>
    public static Command CreateResume(ClusterOptions options)
    {
        var command = new Command("resume", "Give a mock that is paused its pods back, as many as it had before.");
        var name = MockArgument.Mock(options);
        var replicas = new Option<int?>("--replicas") { Description = "How many, whatever it had before.", HelpName = "NUMBER" };
        replicas.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int?>() < 1)
                result.AddError("--replicas is at least 1.");
        });
        command.Arguments.Add(name);
        command.Options.Add(replicas);
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var found = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            // One that runs keeps the pods that it has: resuming it changes nothing.
            var edit = new MockEdit { Paused = false, Replicas = call.Result.GetValue(replicas) };
            return await EditCommand.EditAsync(call, found, _ => edit, dryRun, output.Read(call.Result), "resumed", cancellationToken);
        });
        return command;
    }
}
