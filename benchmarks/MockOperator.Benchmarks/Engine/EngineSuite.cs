using System.Diagnostics;
using MockOperator.Mocking;
using MockOperator.Mocking.Serving;

namespace MockOperator.Benchmarks.Engine;

/// <summary>What a match costs: how it grows with the collection, its worst percentile, bodies, and what it allocates.</summary>
internal static class EngineSuite
{
    private static readonly BenchmarkHeaders s_none = new();

    private static readonly Dictionary<string, Action<Report>> s_parts = new(StringComparer.Ordinal)
    {
        ["sizes"] = CompareSizes,
        ["shape"] = MeasureOneShape,
        ["bodies"] = MeasureBodies,
        ["misses"] = MeasureMisses,
        ["hostile"] = HostileSuite.Measure,
    };

    /// <summary>What can be run.</summary>
    public static IEnumerable<string> Parts => s_parts.Keys;

    /// <summary>Runs parts; false when a bound was missed.</summary>
    public static bool Run(IEnumerable<string> parts)
    {
        var report = new Report();
        foreach (string part in parts)
        {
            s_parts[part](report);
        }

        return report.IsMet;
    }

    private static void CompareSizes(Report report)
    {
        const int Calls = 2_000;
        MockPlan small = Collections.Api(10);
        MockPlan large = Collections.Api(10_000);
        foreach ((string name, string target) in new[] { ("exact path", "/api/v1/resource1/1"), ("wildcard", "/api/v1/resource2/carol"), ("another exact path", "/api/v1/resource0"), ("wildcard and removed id", "/api/v1/resource1/99"), ("with query", "/api/v1/resource1?page=1&size=2") })
        {
            (double ten, double tenThousand) = SideBySide.Time(() => Match(small, target), () => Match(large, target), Calls);
            Report.Show($"match, {name}, 10 examples", $"{ten:0} ns");
            Report.Show($"match, {name}, 10,000 examples", $"{tenThousand:0} ns");
            report.AtMost($"match, {name}, 10,000 against 10 examples", tenThousand / ten, 1.3, "times");
        }

        report.AtMost("allocated by a match, static answer", Allocated(() => Match(large, "/api/v1/resource7/1?a=b%20c")), 0, "bytes");
    }

    private static void MeasureOneShape(Report report)
    {
        MockPlan plan = Collections.OneShape(5_000);
        string[] targets = [.. Enumerable.Range(0, 5_000).Select(static number => $"/users/{number}/orders?page={number}&sort=name&size={number % 7}")];
        double[] times = new double[40 * targets.Length];
        for (int call = 0; call < times.Length; call++)
        {
            long start = Stopwatch.GetTimestamp();
            Match(plan, targets[call % targets.Length]);
            times[call] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        times = [.. times.Skip(times.Length / 4).Order()];
        Report.Show("match among 5,000 of one wildcard path, median", $"{times[times.Length / 2]:0.00} µs");
        report.AtMost("match among 5,000 of one wildcard path, p99", times[(int)(times.Length * 0.99)], 10, "µs");
        report.AtMost("allocated by a match among 5,000 of one path", Allocated(() => Match(plan, targets[7])), 0, "bytes");
    }

    private static void MeasureBodies(Report report)
    {
        const int Calls = 10; // Short rounds: one must be free of whatever else the machine does.
        MockPlan plan = Collections.LargeBodies(20);
        byte[] verbatim = System.Text.Encoding.UTF8.GetBytes(Collections.LargeBody(7).ToJsonString());
        byte[] reordered = Collections.Reordered(Collections.LargeBody(7));
        Report.Show("explicit body", $"{verbatim.Length / 1024} KiB");
        (double same, double other) = SideBySide.Time(() => Post(plan, verbatim), () => Post(plan, reordered), Calls);
        report.AtLeast("explicit match of a 100 KB body, as saved", 1e9 / same, 5_000, "per s");
        report.AtLeast("explicit match of a 100 KB body, members in another order", 1e9 / other, 5_000, "per s");
        report.AtMost("allocated by an explicit match of a 100 KB body", Allocated(() => Post(plan, reordered)), 0, "bytes");
    }

    private static void MeasureMisses(Report report)
    {
        MockPlan small = Collections.Api(10);
        MockPlan large = Collections.Api(10_000);
        (double ten, double tenThousand) = SideBySide.Time(() => Match(small, "/api/v1/nothing/like/it"), () => Match(large, "/api/v1/nothing/like/it"), 2_000);
        report.AtMost("no match, 10,000 against 10 examples", tenThousand / ten, 1.3, "times");
        (_, double similar) = SideBySide.Time(() => Match(small, "/api/v1/resuorce1/1"), () => Match(large, "/api/v1/resuorce999/1"), 20);
        Report.Show("last resort by similarity, 10,000 examples", $"{similar / 1000:0} µs");
    }

    private static void Match(MockPlan plan, string target) => Use(plan.Match(new MockRequest("GET", target, s_none)).Outcome);

    private static void Post(MockPlan plan, byte[] body)
    {
        if (!plan.Match(new MockRequest("POST", "/orders", s_none, body)).HasResponse)
        {
            throw new InvalidOperationException("The body was not found.");
        }
    }

    private static long Allocated(Action action)
    {
        for (int call = 0; call < 100; call++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int call = 0; call < 100; call++)
        {
            action();
        }

        return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
    }

    private static void Use(MatchOutcome outcome) => s_last = outcome;

    private static volatile MatchOutcome s_last;
}
