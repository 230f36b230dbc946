using System.Globalization;
using k8s;
using MockOperator.Benchmarks;
using MockOperator.Operator.Benchmarks;

// Arguments: --mocks N (1,000; 200 with --quick), --operator PATH, the native program, which `make bench` compiles. The cluster is that of KUBECONFIG; `make bench` starts one. Namespaces that begin with "mock-bench-" are made in it and
// removed from it.
if (Environment.GetEnvironmentVariable("KUBECONFIG") is not { Length: > 0 })
{
    Console.Error.WriteLine("KUBECONFIG names no cluster: `make bench` starts one, or name one in which this may work.");
    return 1;
}

int mocks = args.Contains("--quick", StringComparer.Ordinal) ? 200 : 1000;
if (Array.IndexOf(args, "--mocks") is var at and >= 0 && at + 1 < args.Length)
{
    mocks = int.Parse(args[at + 1], CultureInfo.InvariantCulture);
}

if (Array.IndexOf(args, "--operator") is not (var given and >= 0) || given + 1 >= args.Length)
{
    Console.Error.WriteLine("--operator names no program: `make bench` compiles one.");
    return 1;
}

string program = args[given + 1];
using var cluster = new BenchCluster(KubernetesClientConfiguration.BuildDefaultConfig());
var report = new Report();
try
{
    await new ConvergenceBenchmark(cluster, report, program, mocks).RunAsync();
}
finally
{
    await cluster.RemoveNamespacesAsync();
}

return report.IsMet ? 0 : 2;
