using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>What a quota, a rate limit and the headers that tell of them, and then the journal of calls, cost a static request: the same mock with and without, all with all metrics.</summary>
internal sealed class LimitsBenchmark(Programs programs, LoadGenerator load, Report report)
{
    private const int FirstPort = 18180;
    private const int PortsOfEach = 3;
    private const int Examples = 1000;
    private const string Path = "/items/{n}/details";
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-limits").FullName;
    private int _servers;

    public void Run()
    {
        using ServerProcess open = Serve("open", isLimited: false, CallKeeping.None);
        using ServerProcess limited = Serve("limited", isLimited: true, CallKeeping.None);
        using ServerProcess remembered = Serve("remembered", isLimited: true, CallKeeping.All);
        Rates rates = load.Measure(Examples, (open, Path), (limited, Path), (remembered, Path));
        report.AtLeast("quota and rate limit, against the same without", rates.Ratio(limited.Name, open.Name), 0.95, $"{rates.Describe(limited.Name)}, {rates.Describe(open.Name)}");
        report.AtLeast("quota, rate limit and journal, against the same without", rates.Ratio(remembered.Name, open.Name), 0.85, rates.Describe(remembered.Name));
        Directory.Delete(_directory, recursive: true);
    }

    private ServerProcess Serve(string name, bool isLimited, CallKeeping keep)
    {
        string bundle = System.IO.Path.Combine(_directory, name);
        MeteredMock.Write(bundle, Examples, isLimited, keep);
        int port = FirstPort + (PortsOfEach * _servers++);
        ServerProcess server = ServerProcess.Start(name, port, port + 1, "/readyz", programs.Runtime, MeteredMock.Arguments(bundle, port));
        if (isLimited)
        {
            MeteredMock.GrantAsync(port).GetAwaiter().GetResult();
        }

        return server;
    }
}
