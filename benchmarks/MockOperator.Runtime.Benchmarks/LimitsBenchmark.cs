using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>
/// What a quota and the headers that tell of it cost a static request, and then the journal of calls, and a rate limit beside the quota: the same mock with and without, all with all metrics. And
/// whether a journal that is full takes more memory while calls go on.
/// </summary>
internal sealed class LimitsBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int FirstPort = 18180;
    private const int Examples = 1000;
    private const double MiB = 1024 * 1024;
    private const string Path = "/items/{n}/details";
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-limits").FullName;
    private int _servers;

    public void Run()
    {
        using ServerProcess open = Serve("open", hasQuota: false, hasRate: false, CallKeeping.None);
        using ServerProcess counted = Serve("quota", hasQuota: true, hasRate: false, CallKeeping.None);
        using ServerProcess remembered = Serve("quota-journal", hasQuota: true, hasRate: false, CallKeeping.All);
        using ServerProcess limited = Serve("quota-rate", hasQuota: true, hasRate: true, CallKeeping.None);
        using ServerProcess all = Serve("quota-rate-journal", hasQuota: true, hasRate: true, CallKeeping.All);
        Rates rates = load.Measure(Examples, (open, Path), (counted, Path), (remembered, Path), (limited, Path), (all, Path));
        report.AtLeast("quota, against the same without", rates.Ratio(counted.Name, open.Name), 0.95, $"{rates.Describe(counted.Name)}, {rates.Describe(open.Name)}");
        report.AtLeast("quota and journal, against the same without", rates.Ratio(remembered.Name, open.Name), 0.85, rates.Describe(remembered.Name));
        report.AtLeast("quota and rate limit, against the same without", rates.Ratio(limited.Name, open.Name), 0.95, rates.Describe(limited.Name));
        report.AtLeast("quota, rate limit and journal, against the same without", rates.Ratio(all.Name, open.Name), 0.85, rates.Describe(all.Name));

        // By now it is full many times over.
        long before = remembered.ResidentBytes;
        Rates more = load.Measure(Examples, (remembered, Path));
        report.AtMost("growth of a full journal under calls without end", Math.Max(0, (remembered.ResidentBytes - before) / MiB), 1, "MiB", $"{before / MiB:0.0} MiB before, {more.Describe(remembered.Name)}");
        Directory.Delete(_directory, recursive: true);
    }

    private ServerProcess Serve(string name, bool hasQuota, bool hasRate, CallKeeping keep)
    {
        BundleDirectory bundle = MeteredMock.Write(System.IO.Path.Combine(_directory, name), Examples, hasQuota, hasRate, keep);
        int port = FirstPort + (BundleDirectory.Ports * _servers++);
        ServerProcess server = ServerProcess.Start(name, port, port + 1, "/readyz", programs.Runtime, bundle.Arguments(port));
        if (hasQuota)
        {
            MeteredMock.GrantAsync(port).GetAwaiter().GetResult();
        }

        return server;
    }
}
