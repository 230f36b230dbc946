using System.Globalization;
using MockOperator.Runtime.Benchmarks;

// Arguments: --quick for short rounds; --runtime PATH for a binary that is built already; --bare PATH likewise.
if (!Machine.Has("wrk"))
{
    Console.Error.WriteLine("wrk is not installed (Debian: apt-get install wrk).");
    return 1;
}

bool quick = args.Contains("--quick");
var programs = Programs.Find(args);
var report = new Report();
Report.Say($"{Environment.ProcessorCount} cores{(Machine.CanPin ? "; server on one, load on another" : "")}, wrk with 32 connections, medians of alternating rounds; ratios by the processor time of the servers");
new ThroughputBenchmark(programs, new LoadGenerator(quick ? 3 : 7, quick ? 2 : 4), report).Run();
new AccessBenchmark(programs, new LoadGenerator(quick ? 3 : 7, quick ? 2 : 4), report).Run();
new FootprintBenchmark(programs, report).Run();
double bare = await AllocationProbe.OfBareEndpointAsync();
double mock = await AllocationProbe.OfStaticExampleAsync();
report.AtMost("allocated a static request, above bare Kestrel", Math.Max(0, mock - bare), 0.5, "B", string.Create(CultureInfo.InvariantCulture, $"runtime {mock:0.00}, bare {bare:0.00}"));
return report.IsGood ? 0 : 2;
