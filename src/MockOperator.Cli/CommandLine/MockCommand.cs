using System.CommandLine;

namespace MockOperator.Cli.CommandLine;

/// <summary>The command line of <c>kubectl-mock</c>, which kubectl finds as <c>kubectl mock</c>.</summary>
internal static class MockCommand
{
    /// <summary>Builds it with its commands. <c>--version</c> and <c>--help</c> come with it.</summary>
    public static RootCommand Create() => new("Mocks of Postman collections: serves files without a cluster, checks them, packs large ones.")
    {
        ServeCommand.Create(),
        CheckCommand.Create(),
        PackCommand.Create(),
    };
}
