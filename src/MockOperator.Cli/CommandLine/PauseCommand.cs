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
        var command = new Command("pause", "Take the pods of a mock away. It keeps everything else, and its URL.");
        var name = MockArgument.Mock(options);
        command.Arguments.Add(name);
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var found = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            return await EditCommand.EditAsync(call, found, new MockEdit { Replicas = 0 }, dryRun, output.Read(call.Result), "paused", cancellationToken);
        });
        return command;
    }

    /// <summary>Builds <c>resume</c>.</summary>
    public static Command CreateResume(ClusterOptions options)
    {
        var command = new Command("resume", "Give a mock that is paused its pods back.");
        var name = MockArgument.Mock(options);
        var replicas = new Option<int>("--replicas") { Description = "How many; default: 1.", HelpName = "NUMBER", DefaultValueFactory = static _ => 1 };
        replicas.Validators.Add(static result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
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
            var edit = found.Spec?.Replicas == 0 || call.Result.GetResult(replicas) is { Implicit: false } ? new MockEdit { Replicas = call.Result.GetValue(replicas) } : new MockEdit();
            return await EditCommand.EditAsync(call, found, edit, dryRun, output.Read(call.Result), "resumed", cancellationToken);
        });
        return command;
    }
}
