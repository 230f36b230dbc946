using System.CommandLine;
using MockOperator.Cli.Terminal;

namespace MockOperator.Cli.Connections;

/// <summary>Commands that talk to a cluster: connected before, disconnected after, and what goes wrong told in a sentence or two with exit code 1.</summary>
internal static class ClusterCommand
{
    /// <summary>Exit code after Ctrl+C, as shells have it.</summary>
    private const int Interrupted = 130;

    /// <summary>Lets a command take the options of the cluster, and says what it does.</summary>
    /// <param name="command">The command.</param>
    /// <param name="options">The options.</param>
    /// <param name="run">What it does; its result is the exit code. Ctrl+C cancels it, and kills the process when it is pressed again.</param>
    /// <param name="fieldManager">Whom writes are attributed to.</param>
    public static void SetClusterAction(
        this Command command, ClusterOptions options, Func<ClusterCall, CancellationToken, Task<int>> run, string fieldManager = ClusterOptions.FieldManager)
    {
        options.AddTo(command);
        command.SetAction((result, cancellationToken) => RunAsync(options, result, run, fieldManager, cancellationToken));
    }

    /// <summary>The same for commands that do something without a cluster as well.</summary>
    public static async Task<int> RunAsync(
        ClusterOptions options, ParseResult result, Func<ClusterCall, CancellationToken, Task<int>> run, string fieldManager, CancellationToken cancellationToken)
    {
        using var interrupt = new Interrupt(cancellationToken);
        try
        {
            using var cluster = options.Connect(result, fieldManager);
            var call = new ClusterCall(result, options.Console, cluster, options.NamedNamespace(result) ?? cluster.Namespace);
            try
            {
                return await run(call, interrupt.Token);
            }
            catch (Exception e) when (ClusterFault.Explain(e, call) is { } told)
            {
                await options.Console.Error.WriteLineAsync(told);
                return 1;
            }
        }
        catch (CommandException e)
        {
            await options.Console.Error.WriteLineAsync($"Error: {e.Message}");
            return 1;
        }
        catch (OperationCanceledException) when (interrupt.Token.IsCancellationRequested)
        {
            return Interrupted;
        }
    }
}
