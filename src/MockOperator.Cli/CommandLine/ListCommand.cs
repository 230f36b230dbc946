using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock list</c>: the mocks, and what is wrong with them.</summary>
internal static class ListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("list", "List mocks: how they are, their URL, their calls of this period, and what is wrong.");
        command.Aliases.Add("ls");
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "In all namespaces." };
        var selector = new Option<string?>("--selector", "-l") { Description = "Only those with these labels.", HelpName = "LABELS" };
        command.Options.Add(all);
        command.Options.Add(selector);
        var output = new OutputOption(command, OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var everywhere = call.Result.GetValue(all);
            var mocks = new List<MockServer>();
            await foreach (var mock in call.Cluster.Api.ListAsync<MockServer>(new ListQuery { Namespace = everywhere ? null : call.Namespace, LabelSelector = call.Result.GetValue(selector) }, cancellationToken))
                mocks.Add(mock);
            var format = output.Read(call.Result);
            if (format is OutputFormat.Table or OutputFormat.Wide)
                Write(call, mocks, everywhere);
            else
                ObjectPrinter.WriteList(call.Console, format, mocks);
            return 0;
        });
        return command;
    }

    private static void Write(ClusterCall call, List<MockServer> mocks, bool everywhere)
    {
        if (mocks.Count == 0)
        {
            call.Console.Error.WriteLine(everywhere ? "No mocks found." : $"No mocks found in the namespace {call.Namespace}.");
            return;
        }

        var table = new TextTable("NAMESPACE", "NAME", "URL");
        foreach (var mock in mocks)
            table.Add(mock.Metadata.NamespaceProperty, new Cell(mock.Metadata.Name, Ink.Strong), mock.Status?.Url);
        table.Write(call.Console);
    }
}
