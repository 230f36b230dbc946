using System.Buffers;
using System.Globalization;
using System.Text;
using MockOperator.Mocking;
using MockOperator.Mocking.Matching;
using MockOperator.Mocking.Serving;

namespace MockOperator.Benchmarks.Engine;

/// <summary>What calls cost that are made to cost much, beside an ordinary one among the same examples: as a whole, and on the thread of a socket.</summary>
internal static class HostileSuite
{
    private const int Examples = 5_000;
    private const double MostOnSocketThread = 1_000;

    /// <summary>Runs all cases.</summary>
    public static void Measure(Report report)
    {
        MockPlan pages = Collections.OneKey(Examples);
        var ordinary = new HostileCall("GET", "/items/5?page=7");
        Compare(report, pages, ordinary, "a key twice", new HostileCall("GET", "/items/5?page=1&page=2"));
        Compare(report, pages, ordinary, "a key 1,000 times", new HostileCall("GET", "/items/5?" + Join(1_000, '&', static number => $"page={number}")));
        Compare(report, pages, ordinary, "a key 6,400 times (32 KB)", new HostileCall("GET", "/items/5?" + Join(6_400, '&', static _ => "page")));
        Compare(report, pages, ordinary, "64 names of headers", new HostileCall("GET", "/items/5?page=7", ("x-mock-match-request-headers", Join(64, ',', static number => $"X-{number}"))));

        MockPlan members = Collections.OneMember(Examples);
        var order = new HostileCall("POST", "/orders", """{"k7":7,"a":1,"b":2}""");
        Compare(report, members, order, "Subset, 2,000 members (29 KB)", new HostileCall("POST", "/orders", $"{{{Join(2_000, ',', static number => $"\"x{number}\":{number}")}}}"));
        Compare(report, members, order, "Subset, 150,000 members (2.3 MB)", new HostileCall("POST", "/orders", $"{{{Join(150_000, ',', static number => $"\"x{number}\":{number}")}}}"));
        Compare(report, members, order, "Subset, the members of all examples", new HostileCall("POST", "/orders", $"{{{Join(Examples, ',', static number => $"\"k{number}\":{number}")}}}"));
        Compare(report, members, order, "Subset, nested 60 deep, 32 KB", new HostileCall("POST", "/orders", $"[{Join(260, ',', static _ => new string('[', 60) + new string(']', 60))}]"));

        MockPlan words = Collections.Words(10_000);
        var word = new HostileCall("GET", "/" + Collections.Word(7));
        Compare(report, words, word, "a misspelled path, 10,000 of its length", new HostileCall("GET", "/" + Collections.Word(7)[1..]));
        MockPlan longWords = Collections.LongWords(10_000);
        Compare(report, longWords, new HostileCall("GET", "/" + Collections.LongWord(7)), "a misspelled path, 10,000 of 240 letters", new HostileCall("GET", "/" + new string('z', 240)));

        MockPlan api = Collections.Api(10_000);
        Compare(report, api, new HostileCall("GET", "/api/v1/resource1/1"), "32 KB of slashes", new HostileCall("GET", new string('/', 32_000)));
        var output = new ArrayBufferWriter<byte>();
        var miss = new HostileCall("GET", "/api/v1/nothing/like/it");
        (_, double described) = SideBySide.Time(() => Run(api, miss), () => Describe(api, miss, output), 20);
        Report.Show("a miss among 10,000, described", $"{described / 1000:0.0} µs");
    }

    private static void Compare(Report report, MockPlan plan, HostileCall ordinary, string name, HostileCall hostile)
    {
        (double usual, double whole) = SideBySide.Time(() => Run(plan, ordinary), () => Run(plan, hostile), 3);
        (_, double onSocketThread) = SideBySide.Time(() => Run(plan, ordinary), () => RunOnSocketThread(plan, hostile), 3);
        var budget = new WorkBudget(WorkBudget.OfRequest);
        plan.Match(hostile.Request, ref budget);
        Report.Show($"{name}: whole", string.Create(CultureInfo.InvariantCulture, $"{whole / 1000:0.0} µs"));
        Report.Show($"{name}: times an ordinary call; ns for each unit", string.Create(CultureInfo.InvariantCulture, $"{whole / usual:0.0}; {whole / budget.Used:0.00}"));
        report.AtMost($"{name}: on the thread of a socket", onSocketThread / 1000, MostOnSocketThread, "µs");
    }

    private static void Run(MockPlan plan, HostileCall call) => plan.Match(call.Request);

    private static void RunOnSocketThread(MockPlan plan, HostileCall call)
    {
        var budget = new WorkBudget(WorkBudget.OfSocketThread);
        plan.Match(call.Request, ref budget);
    }

    private static void Describe(MockPlan plan, HostileCall call, ArrayBufferWriter<byte> output)
    {
        output.ResetWrittenCount();
        MatchResult result = plan.Match(call.Request);
        plan.WriteError(result, plan.FindNearest(call.Request, result), output);
    }

    private static string Join(int count, char separator, Func<int, string> each) => string.Join(separator, Enumerable.Range(0, count).Select(each));

    /// <summary>A call that can be sent again and again.</summary>
    private sealed class HostileCall(string method, string target, string body, (string, string)[] headers)
    {
        private readonly BenchmarkHeaders _headers = new(headers);
        private readonly byte[] _body = Encoding.UTF8.GetBytes(body);

        internal HostileCall(string method, string target, params (string, string)[] headers)
            : this(method, target, "", headers)
        {
        }

        internal HostileCall(string method, string target, string body)
            : this(method, target, body, [("Content-Type", "application/json")])
        {
        }

        internal MockRequest Request => new(method, target, _headers, _body);
    }
}
