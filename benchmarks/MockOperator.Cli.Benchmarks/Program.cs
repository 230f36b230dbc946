using MockOperator.Benchmarks;
using MockOperator.Cli.Benchmarks;

// Arguments: --cli PATH (kubectl-mock, compiled ahead of time; `make bench` does that), --mocks N (1,000), --quick for fewer rounds.
// `order FILE --cli PATH` writes the order of methods for the compiler instead. `cluster N FOLDER` is how this program starts itself as the API server.
if (args is ["cluster", var count, var folder])
{
    await ReadyCluster.ServeAsync(int.Parse(count, System.Globalization.CultureInfo.InvariantCulture), folder);
    return 0;
}

if (Given("--cli") is not { } program || !File.Exists(program))
{
    Console.Error.WriteLine("--cli names the kubectl-mock to measure: `make bench` compiles one.");
    return 1;
}

if (args is ["order", var into, ..])
{
    using var few = await ClusterProcess.StartAsync(MethodOrder.Mocks);
    await new MethodOrder(program, few.Kubeconfig).WriteAsync(into);
    return 0;
}

var mocks = int.Parse(Given("--mocks") ?? "1000", System.Globalization.CultureInfo.InvariantCulture);
var report = new Report();
using var cluster = await ClusterProcess.StartAsync(mocks);
var commands = new CommandBenchmark(report, program, cluster.Kubeconfig, args.Contains("--quick", StringComparer.Ordinal) ? 7 : 20);
commands.Run(mocks);
await new ConsoleBenchmark(report, program, cluster.Kubeconfig, args.Contains("--quick", StringComparer.Ordinal) ? 20 : 50).RunAsync(mocks);
return report.IsMet ? 0 : 2;

string? Given(string option) => Array.IndexOf(args, option) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;
