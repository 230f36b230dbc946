using System.CommandLine;
using MockOperator.Cli.Connections;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.CommandLine;

/// <summary>The command line of <c>kubectl-mock</c>, which kubectl finds as <c>kubectl mock</c>.</summary>
internal static class MockCommand
{
    // What begins with @ is a file to send (`--body @file`), as curl has it, and never a file of arguments.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    /// <summary>Builds it with its commands. <c>--version</c> and <c>--help</c> come with it.</summary>
    public static RootCommand Create(ClusterOptions cluster)
    {
        var root = new RootCommand("Mocks of Postman collections: serves files without a cluster, checks them, packs large ones.")
        {
            CreateCommand.Create(cluster),
            EditCommand.Create(cluster),
            TagCommand.Create(cluster),
            PauseCommand.Create(cluster),
            PauseCommand.CreateResume(cluster),
            DeleteCommand.Create(cluster),
            ExportCommand.Create(cluster),
            AddExampleCommand.Create(cluster),
            ListCommand.Create(cluster),
            DashboardCommand.Create(cluster),
            ConsoleCommand.Create(cluster),
            ApiCommand.Create(cluster),
            ServeCommand.Create(),
            CheckCommand.Create(),
            PackCommand.Create(),
            InstallCommand.Create(cluster),
            UninstallCommand.Create(cluster),
        };
        cluster.AddTo(root);
        return root;
    }

    /// <summary>Runs what was typed.</summary>
    /// <param name="arguments">Without the name of the program.</param>
    /// <param name="cluster">Where to go, and where to read and write.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] arguments, ClusterOptions cluster, CancellationToken cancellationToken = default) =>
        // Signals are ours: a drain takes longer than the command line library would wait.
        Create(cluster).Parse(arguments, Parsing).InvokeAsync(
            new InvocationConfiguration { ProcessTerminationTimeout = null, Output = cluster.Console.Out, Error = cluster.Console.Error },
            cancellationToken);
}
