using System.CommandLine;
using MockOperator.Cli.Manifests;
using MockOperator.Runtime.Hosting;
using MockOperator.Runtime.Logging;
using HostOptions = MockOperator.Runtime.CommandLine.HostOptions;

namespace MockOperator.Cli.CommandLine;

/// <summary><c>kubectl-mock serve</c>: serves files without a cluster and follows their changes.</summary>
internal static class ServeCommand
{
    /// <summary>Builds the command.</summary>
    public static Command Create()
    {
        var paths = new Argument<string[]>("path")
        {
            Description = "Postman exports; YAML or JSON manifests with MockServer, Collection, ConfigMap and Secret; or directories of them.",
            Arity = ArgumentArity.OneOrMore,
        };
        var command = new Command("serve", "Serve files from this machine, without a cluster; edits of the files are served at once.") { paths };
        var showCalls = new Option<bool?>("--show-calls") { Description = "Print a line for each call. Default: on a terminal." };
        command.Options.Add(showCalls);
        var host = new HostOptions(command, LogFormat.Text, drainDelaySeconds: 0, isLocal: true);
        command.SetAction(async (result, _) =>
        {
            using ILoggerFactory loggers = host.CreateLoggers(result);
            RuntimeHostOptions options = host.Read(result) with { ShowsCalls = result.GetValue(showCalls) ?? !Console.IsOutputRedirected };
            return await ServeAsync(options, host.HostName(result), result.GetValue(paths)!, loggers);
        });
        return command;
    }

    private static async Task<int> ServeAsync(RuntimeHostOptions options, string name, string[] paths, ILoggerFactory loggers)
    {
        using var signal = new TerminationSignal();
        await using var host = new RuntimeHost(options, loggers, TimeProvider.System);
        var follower = new LocalFollower(paths, host.Mocks, host.State, host.Metrics, TimeProvider.System);
        LocalReload loaded = follower.Look()!;
        WriteProblems(loaded);
        if (loaded.Changed == 0)
        {
            await Console.Error.WriteLineAsync("Nothing can be served.");
            return 1;
        }

        try
        {
            await host.OpenAsync(follower: null, CancellationToken.None);
        }
        catch (IOException taken)
        {
            await Console.Error.WriteLineAsync($"{taken.Message} Choose another with --port, --admin-port or --calls-port; 0 takes a free one.");
            return 1;
        }

        ServedTable.Write(Console.Out, host.Mocks.Table, name, host.MockPort);
        var uncounted = new OnceTold(Console.Out, "  spec.quota is not counted here: that takes the operator. Rate limits hold.");
        uncounted.TellIf(loaded.IgnoresQuotas);
        await Console.Out.WriteLineAsync($"  Calls: http://localhost:{host.CallsPort}/calls. Metrics: http://{name}:{host.AdminPort}/metrics. Edit the files and the mocks follow. Ctrl+C ends.");
        using var ended = new CancellationTokenSource();
        Task following = follower.FollowAsync(reload => Report(reload, host, name, uncounted), ended.Token);
        await signal.WaitAsync();
        await host.DrainAsync(signal.Now);
        await ended.CancelAsync();
        await following;
        return 0;
    }

    private static void Report(LocalReload reload, RuntimeHost host, string name, OnceTold uncounted)
    {
        WriteProblems(reload);
        if (reload.Problems.Count > 0)
        {
            Console.Error.WriteLine("What was served before is still served.");
        }

        if (reload.Changed > 0)
        {
            ServedTable.Write(Console.Out, host.Mocks.Table, name, host.MockPort);
            uncounted.TellIf(reload.IgnoresQuotas);
        }
    }

    private static void WriteProblems(LocalReload reload)
    {
        foreach (LocalProblem problem in reload.Problems)
        {
            Console.Error.WriteLine($"{problem.Where}: {problem.Message}");
        }
    }
}
