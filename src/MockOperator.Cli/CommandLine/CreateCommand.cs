using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Drafts;
using MockOperator.Cli.Printing;
using MockOperator.Cli.Terminal;
using MockOperator.Client.Mocks;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Client;
using MockOperator.Resources;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl mock create</c>: a mock of an export, of a Collection that is there, or of an example written by hand; without any of them it asks, in the order of Postman's dialog.</summary>
internal static class CreateCommand
{
    private const string Ways = "a file that Postman exported (-f export.json), a Collection that is there (--collection NAME), or an example (--path '/users/{{id}}' --body @user.json)";

    /// <summary>Builds the command.</summary>
    public static Command Create(ClusterOptions options)
    {
        var command = new Command("create", "Make a mock: of a collection that Postman exported, of one that is there, or of an example. On a terminal and without options it asks.");
        var name = new Argument<string?>("name") { Description = "Name of the mock, and of the Service that answers.", Arity = ArgumentArity.ZeroOrOne };
        command.Arguments.Add(name);
        var draft = new DraftOptions(command, options);
        var wait = new WaitOption(command, "until it answers", "2m");
        var dryRun = new DryRunOption(command);
        var output = new OutputOption(command, OutputFormat.Json, OutputFormat.Yaml, OutputFormat.Name);
        command.SetClusterAction(options, async (call, cancellationToken) =>
        {
            var isOffline = dryRun.IsClient(call.Result);
            var drafted = await ReadAsync(call, draft, call.Result.GetValue(name), isOffline, cancellationToken);
            if (drafted is null)
                return 1;
            var format = output.Read(call.Result);
            if (isOffline)
            {
                var objects = MockMaker.Render(drafted);
                if (format == OutputFormat.Table)
                    Tell(call, drafted, dryRun.Remark(call.Result));
                else
                    ObjectPrinter.WriteAll(call.Console, format, objects);
                return 0;
            }

            return await MakeAsync(call, drafted, format, dryRun.IsServer(call.Result), wait.Read(call.Result), cancellationToken);
        });
        return command;
    }

    private static async Task<MockDraft?> ReadAsync(ClusterCall call, DraftOptions options, string? name, bool isOffline, CancellationToken cancellationToken)
    {
        if (name is not null && options.SaysContent(call.Result))
            return await options.ReadAsync(call, name, isOffline, cancellationToken);
        if (call.Console.Questions is not { } questions || isOffline)
            throw new CommandException(name is null ? $"Name the mock, and say what it answers with: {Ways}." : $"Say what {name} answers with: {Ways}.");
        return await new DraftDialog(call, questions).AskAsync(await options.ReadAsync(call, name ?? "", isOffline, cancellationToken), cancellationToken);
    }

    private static async Task<int> MakeAsync(ClusterCall call, MockDraft draft, OutputFormat format, bool isDryRun, TimeSpan? patience, CancellationToken cancellationToken)
    {
        var maker = new MockMaker(call.Cluster);
        MockServer made;
        try
        {
            made = await maker.MakeAsync(draft, isDryRun, cancellationToken);
        }
        catch (ApiException taken) when (taken.Kind == ApiFailure.AlreadyExists)
        {
            throw new CommandException(AlreadyThere(draft, taken), taken);
        }

        if (!isDryRun && patience is { } longest)
        {
            var progress = new MockProgress(call.Console);
            made = await maker.WaitAsync(made, longest, progress.Tell, cancellationToken);
        }

        var summary = MockSummary.Of(made);
        if (format != OutputFormat.Table)
            ObjectPrinter.Write(call.Console, format, made);
        else
            Tell(call, draft, isDryRun ? " (server dry run)" : "");
        if (isDryRun)
            return 0;
        if (patience is not null && summary.State is not MockState.Ready)
        {
            await call.Console.Error.WriteLineAsync(summary.Problem is { } problem
                ? $"Error: {draft.Name} was made, and does not answer yet: {Printable.Line(problem)}"
                : $"Error: {draft.Name} was made, and did not answer in time. `kubectl mock status {draft.Name}` says what it waits for.");
            return 1;
        }

        if (format == OutputFormat.Table)
            await new MadeMock(draft, made).WriteAsync(call.Console, call.Cluster, cancellationToken);
        return 0;
    }

    private static string AlreadyThere(MockDraft draft, ApiException taken)
    {
        if (taken.Message.Contains("/collections", StringComparison.Ordinal))
            return $"There is a Collection {draft.DocumentName ?? draft.Name} in the namespace {draft.Namespace} already, and nothing was made. Choose another name for the mock, or have it serve what is there: --collection {draft.DocumentName ?? draft.Name}.";
        return taken.Message.Contains("/mockservers", StringComparison.Ordinal)
            ? $"There is a mock {draft.Name} in the namespace {draft.Namespace} already, and nothing was made. Choose another name, or change it: kubectl mock edit {draft.Name}."
            : $"There is an object that the mock needs a name of already, and nothing was made: {taken.Error.Message}.";
    }

    private static void Tell(ClusterCall call, MockDraft draft, string remark)
    {
        call.Console.Out.WriteLine($"mockserver.mockoperator.dev/{draft.Name} created{remark}{(draft.Document is { } document ? $": {document.Examples} examples of collection {DisplayName(document.Name)}" : "")}");
        if (draft.Document is { Issues.Length: > 0 } some)
        {
            var skipped = some.Issues.Count(static issue => issue.Severity != LoadIssueSeverity.Warning);
            foreach (var issue in some.Issues.Where(static issue => issue.Severity != LoadIssueSeverity.Warning).Take(3))
                call.Console.Error.WriteLine($"  {Printable.Line(LoadReport.Describe(draft.Name, issue))}");
            if (skipped > 3)
                call.Console.Error.WriteLine($"  … {skipped - 3} more places of the collection were not understood; `kubectl mock check FILE` names all.");
        }
    }

    private static string DisplayName(string name) => name.Length == 0 ? "without a name" : Printable.Line(name);
}
