using System.Diagnostics;
using System.Globalization;
using MockOperator.Benchmarks;
using MockOperator.Kubernetes.Client;
using MockOperator.Operator.Control;

namespace MockOperator.Operator.Benchmarks;

/// <summary>
/// New mocks until all have their status, against the very same writes sent by a client that does nothing else; then memory, and what a restart costs. Without pods,
/// so that one node is enough for any number of mocks.
/// </summary>
internal sealed class ConvergenceBenchmark(BenchCluster cluster, Report report, string program, int mocks)
{
    private const string Model = "model-mock";
    private const string Requests = "rest_client_requests_total";
    private const string Patch = "method=\"PATCH\"";
    private const string Reconciles = "controller_runtime_reconcile_total";
    private const string Mocks = "controller=\"mockserver\"";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private readonly string _keyFile = Path.Combine(Directory.CreateTempSubdirectory("mock-bench").FullName, "key");

    public async Task RunAsync()
    {
        (string modelSpace, string modelUid, IReadOnlyList<WriteRecorder.Write> writes) = await RecordAsync();
        report.AtMost("writes for a new mock", writes.Count, 5, "");
        string[] names = [.. Enumerable.Range(0, mocks).Select(static n => string.Create(CultureInfo.InvariantCulture, $"bench-{n:00000}"))];

        string rawSpace = await cluster.CreateNamespaceAsync("raw");
        IReadOnlyDictionary<string, string> uids = await cluster.CreateMocksAsync(rawSpace, names);
        int workers = new OperatorOptions().Workers;
        long begun = Stopwatch.GetTimestamp();
        await Parallel.ForEachAsync(names, new ParallelOptions { MaxDegreeOfParallelism = workers }, async (name, cancellation) =>
        {
            foreach (WriteRecorder.Write write in writes)
            {
                await cluster.ApplyAsync(Fit(write.PathAndQuery, name), Fit(write.Body, name), cancellation);
            }
        });
        TimeSpan raw = Stopwatch.GetElapsedTime(begun);

        string space = await cluster.CreateNamespaceAsync("operator");
        await cluster.CreateMocksAsync(space, names);
        begun = Stopwatch.GetTimestamp();
        using (OperatorProcess running = OperatorProcess.Start(program, space, _keyFile))
        {
            await UntilAsync(async () => await running.SumAsync(Requests, Patch) >= (writes.Count - 1) * mocks);
            TimeSpan children = Stopwatch.GetElapsedTime(begun);
            await UntilAsync(async () => await running.SumAsync(Requests, Patch) >= writes.Count * mocks && await cluster.CountConvergedAsync(space) == mocks);
            TimeSpan converged = Stopwatch.GetElapsedTime(begun);
            report.AtMost(
                string.Create(CultureInfo.InvariantCulture, $"{mocks} new mocks ({converged.TotalSeconds:0.0} s) against their writes alone ({raw.TotalSeconds:0.0} s)"),
                converged / raw, 1.4, "x");
            Report.Show("of them until all children were written", string.Create(CultureInfo.InvariantCulture, $"{children.TotalSeconds:0.0} s"));
            Report.Show("processor time of the operator", string.Create(CultureInfo.InvariantCulture, $"{running.ProcessorSeconds:0.0} s"));
            await Task.Delay(Rest);
            report.AtMost("writes for each of them", await running.SumAsync(Requests, Patch) / mocks, writes.Count, "");
            double reads = await running.SumAsync(Requests, "method=\"GET\"") / mocks;
            double events = await running.SumAsync(Requests, "method=\"POST\"") / mocks;
            double reconciles = await running.SumAsync(Reconciles, Mocks) / mocks;
            Report.Show("beside them", string.Create(CultureInfo.InvariantCulture, $"{reads:0.0} reads and {events:0.0} events"));
            Report.Show("reconciles for each", string.Create(CultureInfo.InvariantCulture, $"{reconciles:0.0}"));
            report.AtMost("resident at rest", running.ResidentMiB, 150, "MiB");
            Report.Show("most resident until then", string.Create(CultureInfo.InvariantCulture, $"{running.PeakMiB:0} MiB"));
        }

        begun = Stopwatch.GetTimestamp();
        using OperatorProcess again = OperatorProcess.Start(program, space, _keyFile);
        await UntilAsync(async () => await again.SumAsync(Reconciles, Mocks) >= mocks);
        TimeSpan restarted = Stopwatch.GetElapsedTime(begun);
        report.AtMost("writes after a restart", await again.SumAsync(Requests, Patch), 0, "");
        Report.Show("all looked at after a restart", string.Create(CultureInfo.InvariantCulture, $"{restarted.TotalSeconds:0.0} s"));
        await Task.Delay(Rest);
        report.AtMost("resident at rest after a restart", again.ResidentMiB, 150, "MiB");
        Report.Show("most resident until then", string.Create(CultureInfo.InvariantCulture, $"{again.PeakMiB:0} MiB"));

        string Fit(string text, string name) => text
            .Replace(modelSpace, rawSpace, StringComparison.Ordinal)
            .Replace(modelUid, uids[name], StringComparison.Ordinal)
            .Replace(Model, name, StringComparison.Ordinal);
    }

    /// <summary>What an operator writes for one mock.</summary>
    private async Task<(string Space, string Uid, IReadOnlyList<WriteRecorder.Write> Writes)> RecordAsync()
    {
        string space = await cluster.CreateNamespaceAsync("model");
        string uid = (await cluster.CreateMocksAsync(space, [Model]))[Model];
        var recorder = new WriteRecorder();
        string keyFile = Path.GetTempFileName();
        await File.WriteAllTextAsync(keyFile, new string('k', 64));
        var options = new OperatorOptions
        {
            Namespaces = [space],
            LeaderElection = false,
            ControlVia = ControlVia.ApiServerProxy,
            ControlKey = new ControlKeyOptions { File = keyFile },
        };
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Services.AddMockOperator(options, settings => settings.Transport = _ => ApiTransport.Connect(cluster.Configuration, _ => recorder.Handler()));
        using IHost host = builder.Build();
        await host.StartAsync();
        await UntilAsync(async () => await cluster.CountConvergedAsync(space) == 1);
        await host.StopAsync();
        File.Delete(keyFile);
        return (space, uid, recorder.Writes);
    }

    private static async Task UntilAsync(Func<Task<bool>> reached)
    {
        long begun = Stopwatch.GetTimestamp();
        while (!await reached())
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new TimeoutException($"not reached in {Patience.TotalMinutes} minutes");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(250));
        }
    }
}
