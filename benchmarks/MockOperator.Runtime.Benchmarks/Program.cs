using System.Globalization;
using MockOperator.Resources;
using MockOperator.Runtime.Benchmarks;
using MockOperator.Runtime.Benchmarks.Hostile;

if (args is ["order", string into, ..])
{
    await new MethodOrder(Programs.Find(args).Runtime).WriteAsync(into);
    return 0;
}

if (args.Contains("instructions"))
{
    await new InstructionBenchmark(Programs.Find(args).Runtime).RunAsync();
    return 0;
}

// Arguments: throughput, access, limits, footprint, allocation for some of the figures; instructions for a count by valgrind; hostile for what is not measured unless asked for; --quick for short rounds; --runtime PATH for a binary that is built already;
// --bare PATH likewise; --only=WORD for the hostile clients with that word in their name.
if (!args.Contains("hostile") && !Machine.Has("wrk"))
{
    Console.Error.WriteLine("wrk is not installed (Debian: apt-get install wrk).");
    return 1;
}

// As the runtime's own program does, for what is measured in this process.
Environment.SetEnvironmentVariable("DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS", "1");
string[] parts = ["throughput", "access", "limits", "footprint", "allocation"];
string[] chosen = [.. parts.Append("hostile").Intersect(args, StringComparer.Ordinal)];
bool quick = args.Contains("--quick");
var programs = new Lazy<Programs>(() => Programs.Find(args));
var report = new Report();
Report.Say($"{Environment.ProcessorCount} cores{(Machine.CanPin ? "; server on one, load on another" : "")}, wrk with 32 connections, medians of alternating rounds; ratios by the processor time of the servers");
foreach (string part in chosen.Length == 0 ? parts : chosen)
{
    switch (part)
    {
        case "throughput":
            new ThroughputBenchmark(programs.Value, Load(), report).Run();
            break;
        case "access":
            new AccessBenchmark(programs.Value, Load(), report).Run();
            break;
        case "limits":
            new LimitsBenchmark(programs.Value, Load(), report).Run();
            break;
        case "footprint":
            new FootprintBenchmark(programs.Value, report).Run();
            break;
        case "hostile":
            new HostileBenchmark(programs.Value, report, quick, args.FirstOrDefault(static arg => arg.StartsWith("--only=", StringComparison.Ordinal))?["--only=".Length..] ?? "").Run();
            break;
        default:
            double bare = await AllocationProbe.OfBareEndpointAsync();
            double mock = await AllocationProbe.OfStaticExampleAsync(isLimited: false, CallKeeping.None);
            double limited = await AllocationProbe.OfStaticExampleAsync(isLimited: true, CallKeeping.None);
            double remembered = await AllocationProbe.OfStaticExampleAsync(isLimited: true, CallKeeping.All);
            report.AtMost("allocated a static request, above bare Kestrel", Math.Max(0, mock - bare), 0.5, "B", string.Create(CultureInfo.InvariantCulture, $"runtime {mock:0.00}, bare {bare:0.00}"));
            report.AtMost("the same with a rate limit and two quotas", Math.Max(0, limited - bare), 0.5, "B", string.Create(CultureInfo.InvariantCulture, $"runtime {limited:0.00}, bare {bare:0.00}"));
            report.AtMost("the same with a journal of all calls", Math.Max(0, remembered - bare), 0.5, "B", string.Create(CultureInfo.InvariantCulture, $"runtime {remembered:0.00}, bare {bare:0.00}"));
            break;
    }
}

return report.IsGood ? 0 : 2;

LoadGenerator Load() => new(quick ? 3 : 7, quick ? 2 : 4);
