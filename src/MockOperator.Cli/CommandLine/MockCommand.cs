using System.CommandLine;
using System.CommandLine.Invocation;
using MockOperator.Cli.Completion;
using MockOperator.Cli.Connections;

namespace MockOperator.Cli.CommandLine;

/// <summary>The command line of <c>kubectl-mock</c>, which kubectl finds as <c>kubectl mock</c>.</summary>
internal static class MockCommand
{
    /// <summary>What begins with @ is a file to send (<c>--body @file</c>), as curl has it, and never a file of arguments.</summary>
    public static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Builds it with its commands. <c>--version</c> and <c>--help</c> come with it.</summary>
    public static RootCommand Create(ClusterOptions cluster)
    {
        var root = new RootCommand("Mocks of Postman collections: what they are and do in a cluster, and the same from files without one.")
        {
            CreateCommand.Create(cluster),
            EditCommand.Create(cluster),
            RespondCommand.Create(cluster),
            TagCommand.Create(cluster),
            PauseCommand.Create(cluster),
            PauseCommand.CreateResume(cluster),
            DeleteCommand.Create(cluster),
            ExportCommand.Create(cluster),
            ListCommand.Create(cluster),
            StatusCommand.Create(cluster),
            UsageCommand.Create(cluster),
            CallsCommand.Create(cluster),
            CallCommand.Create(cluster),
            ExplainCommand.Create(cluster),
            AddExampleCommand.Create(cluster),
            KeyCommand.Create(cluster),
            RotateKeyCommand.Create(cluster),
            OpenCommand.Create(cluster),
            ForwardCommand.Create(cluster),
            ReportCommand.Create(cluster),
            InstallCommand.Create(cluster),
            UninstallCommand.Create(cluster),
            DashboardCommand.Create(cluster),
            ConsoleCommand.Create(cluster),
            ApiCommand.Create(cluster),
            ServeCommand.Create(),
            CheckCommand.Create(),
            PackCommand.Create(),
            VersionCommand.Create(cluster),
            CompletionCommand.Create(cluster),
        };
        cluster.AddTo(root);
        return root;
    }

    /// <summary>Runs what was typed.</summary>
    /// <param name="arguments">Without the name of the program.</param>
    /// <param name="cluster">Where to go, and where to read and write.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments, ClusterOptions cluster, CancellationToken cancellationToken = default)
    {
        var result = Create(cluster).Parse(arguments, Parsing);
        // Whoever mistypes wants to see what, not the whole help behind it.
        if (result.Action is ParseErrorAction errors)
            errors.ShowHelp = arguments.Length == 0;

        // Signals are ours: a drain takes longer than the command line library would wait.
        return result.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null, Output = cluster.Console.Out, Error = cluster.Console.Error }, cancellationToken);
    }

    /// <summary>Proposes words to kubectl's completion.</summary>
    public static int Complete(string[] words, ClusterOptions cluster) => PluginCompletion.Write(Create(cluster), Parsing, words, cluster.Console);
}
