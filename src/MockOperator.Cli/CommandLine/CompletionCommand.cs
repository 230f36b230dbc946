using System.CommandLine;
using MockOperator.Cli.Completion;
using MockOperator.Cli.Connections;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock completion</c>: the program by which kubectl completes this one.</summary>
internal static class CompletionCommand
{
    /// <summary>Builds the command. A hidden one behind it answers the program.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command(
            "completion", $"Print the program {PluginCompletion.Program}, by which kubectl completes `kubectl mock`: save it under that name into a folder of the PATH and make it executable.");
        var words = new Argument<string[]>("words") { Arity = ArgumentArity.ZeroOrMore };
        var complete = new Command("complete", "Propose words.") { Hidden = true };
        complete.Arguments.Add(words);
        complete.TreatUnmatchedTokensAsErrors = false;
        complete.SetAction(result => MockCommand.Complete(result.GetValue(words) ?? [], options));
        command.Subcommands.Add(complete);
        command.SetAction(_ => options.Console.Out.Write($"#!/bin/sh\n# kubectl calls this to complete `kubectl mock`.\nexec kubectl-mock completion complete -- \"$@\"\n"));
        return command;
    }
}
