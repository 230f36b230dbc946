using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>
/// What limits and the journal cost a static request in instructions of the runtime, against the same mock without. Where a machine is noisy this tells more than time; it leaves out the system's part, which is the larger one and
/// the same for all but for some bytes of headers.
/// </summary>
internal sealed class InstructionBenchmark(string runtime)
{
    private const int Examples = 200;
    private const int WarmUp = 1500;
    private const int Requests = 4000;
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-instructions").FullName;

    public async Task RunAsync()
    {
        double open = await OfARequestAsync("open", hasQuota: false, hasRate: false, CallKeeping.None);
        double counted = await OfARequestAsync("quota", hasQuota: true, hasRate: false, CallKeeping.None);
        double remembered = await OfARequestAsync("quota-journal", hasQuota: true, hasRate: false, CallKeeping.All);
        double all = await OfARequestAsync("quota-rate-journal", hasQuota: true, hasRate: true, CallKeeping.All);
        Report.Show("instructions of a static request", open, "");
        Report.Show("quota, more", counted - open, $"{Share(counted, open)} of them");
        Report.Show("quota and journal, more", remembered - open, $"{Share(remembered, open)} of them");
        Report.Show("quota, rate limit and journal, more", all - open, $"{Share(all, open)} of them");
        Directory.Delete(_directory, recursive: true);
    }

    private async Task<double> OfARequestAsync(string name, bool hasQuota, bool hasRate, CallKeeping keep)
    {
        BundleDirectory bundle = MeteredMock.Write(Path.Combine(_directory, name), Examples, hasQuota, hasRate, keep);
        var run = new CountedRun(runtime, Path.Combine(_directory, "callgrind"));
        long warm = await run.OfAllAsync(bundle, hasQuota, WarmUp, Target);
        long busy = await run.OfAllAsync(bundle, hasQuota, WarmUp + Requests, Target);
        return (busy - warm) / (double)Requests;
    }

    private static string Target(int request) => string.Create(CultureInfo.InvariantCulture, $"/items/{request % Examples}/details");

    private static string Share(double more, double open) => ((more - open) / open).ToString("P0", CultureInfo.InvariantCulture);
}
