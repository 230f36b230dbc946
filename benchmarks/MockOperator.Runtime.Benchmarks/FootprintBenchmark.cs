using System.Globalization;
using MockOperator.Resources;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>Size of the binary, time to the first answer, memory at rest and while a large collection is loaded.</summary>
internal sealed class FootprintBenchmark(Programs programs, Report report)
{
    private const double Mebi = 1024 * 1024;
    private const int Port = 18150;
    private const int Starts = 9;
    private const string Token = "footprint-benchmark";
    private const int LargeBytes = 25_000_000;
    private const int ManyExamples = 27_000;
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-bench").FullName;

    public void Run()
    {
        report.AtMost("binary", new FileInfo(programs.Runtime).Length / 1e6, 20, "MB", "");
        BundleDirectory hundred = Write("hundred", SampleCollections.Static(100));
        double[] starts = new double[Starts];
        for (int start = 0; start < Starts; start++)
        {
            using ServerProcess server = Serve("start", hundred);
            starts[start] = server.FirstAnswer.TotalMilliseconds;
        }

        Array.Sort(starts);
        report.AtMost("first answer after exec, 100 examples, median", starts[Starts / 2], 150, "ms", string.Create(CultureInfo.InvariantCulture, $"best {starts[0]:0}, worst {starts[^1]:0}"));
        using (ServerProcess server = Serve("idle", hundred))
        {
            Thread.Sleep(TimeSpan.FromSeconds(2));
            report.AtMost("resident at rest, 100 examples", server.ResidentBytes / Mebi, 25, "MiB", "");
        }

        MeasurePeak("peak while a 25 MB collection is loaded, large bodies", "large", SampleCollections.Large(LargeBytes));
        MeasurePeak("the same, 27,000 examples", "many", SampleCollections.Many(LargeBytes, ManyExamples));
    }

    private void MeasurePeak(string figure, string name, byte[] collection)
    {
        using ServerProcess server = Serve(name, Write(name, collection));
        string detail = string.Create(CultureInfo.InvariantCulture, $"document {collection.Length / 1e6:0.0} MB, first answer {server.FirstAnswer.TotalMilliseconds:0} ms, then {server.ResidentBytes / Mebi:0} MiB");
        report.AtMost(figure, server.PeakBytes / Mebi, 250, "MiB", detail);
    }

    private BundleDirectory Write(string name, byte[] collection) =>
        BundleDirectory.Write(Path.Combine(_directory, name), new MockDefinition { Name = "bench", Namespace = "bench" }, Token, collection);

    private ServerProcess Serve(string name, BundleDirectory bundle) => ServerProcess.Start(name, Port, "/items/1/details", programs.Runtime, bundle.Arguments(Port));
}
