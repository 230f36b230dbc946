using System.CommandLine;

namespace MockOperator.Runtime.CommandLine;

/// <summary>The command line of the runtime.</summary>
internal static class RuntimeCommand
{
    /// <summary>Builds <c>mock-runtime</c> with its commands. <c>--version</c> and <c>--help</c> come with it.</summary>
    public static RootCommand Create() => new("Serves Postman mocks from saved examples, in a pod.")
    {
        RunCommand.Create(),
    };
}
