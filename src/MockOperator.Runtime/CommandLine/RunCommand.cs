using System.CommandLine;
using MockOperator.Runtime.Bundles;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Logging;

namespace MockOperator.Runtime.CommandLine;

/// <summary><c>mock-runtime run</c>: what a pod does. Serves the bundle that the operator mounts and follows its changes.</summary>
internal static class RunCommand
{
    // What tells nodes of a pod that is going takes some seconds on a busy cluster; connections to it are refused meanwhile.
    private const int DrainDelaySeconds = 5;

    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var bundle = new Option<string>("--bundle") { Description = "Directory of the mounted bundle.", DefaultValueFactory = _ => "/etc/mock-runtime/bundle" };
        var secrets = new Option<string>("--secrets") { Description = "Directory below which Secrets are mounted.", DefaultValueFactory = _ => "/etc/mock-runtime/secrets" };
        Option<int> controlPort = PortOption.Create("--control-port", "Port that the operator talks to.", 9091);
        var command = new Command("run", "Serve the bundle that the operator mounts into this pod.") { bundle, secrets, controlPort };
        var host = new HostOptions(command, LogFormat.Json, DrainDelaySeconds);
        command.SetAction(async (result, _) =>
        {
            using ILoggerFactory loggers = host.CreateLoggers(result);
            RuntimeHostOptions options = host.Read(result) with { ControlPort = result.GetValue(controlPort) };
            return await RunAsync(options, result.GetValue(bundle)!, result.GetValue(secrets)!, loggers);
        });
        return command;
    }

    private static async Task<int> RunAsync(RuntimeHostOptions options, string bundle, string secrets, ILoggerFactory loggers)
    {
        using var signal = new TerminationSignal();
        await using var host = new RuntimeHost(options, loggers, TimeProvider.System);
        using var follower = new BundleFollower(bundle, secrets, host.Mocks, host.State, host.Metrics, TimeProvider.System, loggers.CreateLogger<BundleFollower>());
        using var ended = new CancellationTokenSource();
        Task following = Task.Run(() => follower.RunAsync(ended.Token), CancellationToken.None);
        try
        {
            await host.OpenAsync(follower, CancellationToken.None);
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync(taken.Message);
            await ended.CancelAsync();
            await following;
            return 1;
        }

        await signal.WaitAsync();
        await host.DrainAsync(signal.Now);
        await ended.CancelAsync();
        await following;
        return 0;
    }
}
