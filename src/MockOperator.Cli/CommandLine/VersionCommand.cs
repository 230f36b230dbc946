using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Cli.Versions;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock version</c>: which versions meet here: of this program, of the operator, of the API server.</summary>
internal static class VersionCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("version", "Print the versions of this program, of the operator and of the API server.");
        var client = new Option<bool>("--client") { Description = "That of this program alone." };
        command.Options.Add(client);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml);
        options.AddTo(command);
        command.SetAction(async (result, cancellationToken) =>
        {
            var met = new MetVersions { Client = MetVersions.OfThisProgram };
            var code = 0;
            if (!result.GetValue(client))
                code = await ClusterCommand.RunAsync(options, result, ReadAsync, ClusterOptions.FieldManager, cancellationToken);
            if (output.Read(result) is var format and not OutputFormat.Table)
                ObjectPrinter.WriteDocument(options.Console, format, met, VersionJson.Default.MetVersions);
            else
                Write(options.Console, met);
            return code;

            async Task<int> ReadAsync(ClusterCall call, CancellationToken ends)
            {
                met = await MetVersions.ReadAsync(call, ends);
                return 0;
            }
        });
        return command;
    }

    private static void Write(CommandConsole console, MetVersions met)
    {
        console.Out.WriteLine($"kubectl-mock: {met.Client}");
        foreach (var one in met.Operators ?? [])
            console.Out.WriteLine($"Operator: {Printable.Line(one.Version ?? "unknown")} ({one.Namespace}/{one.Name})");
        if (met.OperatorsUnseen is { } why)
            console.Out.WriteLine($"Operator: {why}");
        if (met.Server is { } server)
            console.Out.WriteLine($"Kubernetes: {Printable.Line(server)}");
    }
}
