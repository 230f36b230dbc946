using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Status;
using MockOperator.Kinds;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock status</c>: a diagnosis of one mock.</summary>
internal static class StatusCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("status", "Show how a mock is: what is wrong and what helps, its conditions, children and pods with the revision that each serves, its quotas.");
        var name = MockArgument.Mock(options);
        command.Arguments.Add(name);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var mock = await call.FindAsync<MockServer>(call.Result.GetValue(name)!, cancellationToken);
            var report = await StatusReading.ReadAsync(call, mock, cancellationToken);
            if (output.Read(call.Result) is var format and not OutputFormat.Table)
                ObjectPrinter.WriteDocument(call.Console, format, report, StatusJson.Default.StatusReport);
            else
                new StatusTree(call.Console, report).Write();
            return 0;
        });
        return command;
    }
}
