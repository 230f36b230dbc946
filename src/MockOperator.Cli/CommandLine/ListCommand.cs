using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock list</c>: the mocks, and what is wrong with them. One list of the API server and nothing else, whatever number of mocks there are.</summary>
internal static class ListCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("list", "List mocks: how they are, their URL, their calls of this period, and what is wrong.");
        command.Aliases.Add("ls");
        var all = new Option<bool>("--all-namespaces", "-A") { Description = "In all namespaces." };
        var selector = new Option<string?>("--selector", "-l") { Description = "Only those with these labels.", HelpName = "LABELS" };
        var failing = new Option<bool>("--failing") { Description = "Only those with which something is wrong." };
        command.Options.Add(all);
        command.Options.Add(selector);
        command.Options.Add(failing);
        var output = new OutputOption(command, OutputFormat.Wide, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var everywhere = call.Result.GetValue(all);
            var query = new ListQuery { Namespace = everywhere ? null : call.Namespace, LabelSelector = call.Result.GetValue(selector) };
            var onlyFailing = call.Result.GetValue(failing);
            var format = output.Read(call.Result);
            if (format is not (OutputFormat.Table or OutputFormat.Wide))
            {
                var objects = new List<MockServer>();
                await foreach (var mock in call.Cluster.Api.ListAsync<MockServer>(query, cancellationToken))
                {
                    if (!onlyFailing || MockSummary.Of(mock).Problem is not null)
                        objects.Add(mock);
                }

                ObjectPrinter.WriteList(call.Console, format, objects);
                return 0;
            }

            var mocks = new List<MockSummary>();
            await foreach (var summary in call.Cluster.Api.ListAsync<ListedMock, MockSummary>(query, MockSummary.Of, cancellationToken))
            {
                if (!onlyFailing || summary.Problem is not null)
                    mocks.Add(summary);
            }

            if (mocks.Count == 0)
                await call.Console.Error.WriteLineAsync(everywhere ? "No mocks found." : $"No mocks found in the namespace {call.Namespace}. `kubectl mock list -A` looks into all of them.");
            else
                Write(call.Console, mocks, everywhere, format == OutputFormat.Wide);
            return 0;
        });
        return command;
    }

    private static void Write(CommandConsole console, List<MockSummary> mocks, bool everywhere, bool isWide)
    {
        // On a terminal sentences have lines of their own below the mock; for programs a mock is a line.
        string[] headings =
        [
            .. everywhere ? ["NAMESPACE"] : (string[])[],
            "NAME", "STATE", "URL", "COLLECTION", "CALLS", "AGE",
            .. isWide ? ["EXAMPLES", "PODS", "ACCESS", "EXTERNAL URL", "DISPLAY NAME"] : (string[])[],
            .. console.IsTerminal ? [] : (string[])["PROBLEM"],
        ];
        var table = new TextTable(headings) { Yielding = [.. Enumerable.Range(0, headings.Length).Where(column => headings[column] is "URL" or "COLLECTION" or "EXTERNAL URL" or "DISPLAY NAME")] };
        foreach (var summary in mocks)
        {
            Cell[] row = [.. everywhere ? [summary.Mock.Metadata.NamespaceProperty] : (Cell[])[], .. Cells(console, summary), .. isWide ? Wide(summary.Mock) : []];
            if (console.IsTerminal)
                table.AddWithNote(new Cell(summary.Problem, Inks.Of(summary.State)), row);
            else
                table.Add([.. row, summary.Problem]);
        }

        table.Write(console);
    }

    private static Cell[] Cells(CommandConsole console, MockSummary summary)
    {
        var (mock, status) = (summary.Mock, summary.Mock.Status);
        return
        [
            new Cell(mock.Metadata.Name, Ink.Strong),
            new Cell(summary.State.ToString(), Inks.Of(summary.State)),
            status?.Url ?? "-",
            status?.Collection?.ToString() ?? "-",
            status?.CallsAnswered is { } calls ? Amount.Of(calls) : "-",
            Age.Since(mock.Metadata.CreationTimestamp, console.Time),
        ];
    }

    private static Cell[] Wide(ListedMock mock) =>
    [
        mock.Status?.ExampleCount is { } examples ? Amount.Of(examples) : "-",
        $"{mock.Status?.ReadyReplicas ?? 0}/{mock.Status?.Replicas ?? 0}",
        mock.Spec?.Private == true ? "private" : "public",
        mock.Status?.ExternalUrl ?? "-",
        mock.Spec?.DisplayName ?? "-",
    ];
}
