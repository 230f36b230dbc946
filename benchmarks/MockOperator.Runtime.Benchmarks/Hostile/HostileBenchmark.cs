using System.Diagnostics;
using System.Globalization;
using System.Text;

namespace MockOperator.Runtime.Benchmarks.Hostile;

/// <summary>
/// Hostile clients against the native runtime with the memory of a pod's default limit, 128 MiB, and default settings: what everybody else notices, and what it
/// costs in memory, during and after.
/// </summary>
internal sealed class HostileBenchmark(Programs programs, Report report, bool quick, string only)
{
    // Of a container's limit the garbage collector takes three quarters for its heap, and finds its other bounds by it.
    private const string HeapLimit = "6000000";
    private const double Mebi = 1024 * 1024;
    private const double MostResident = 96;

    // A flood leaves so much behind that the collector uses all it may; the program itself comes beside.
    private const double MostResidentInFlood = 120;
    private const int Port = 18160;
    private const int AdminPort = Port + 1;
    private const int ControlPort = Port + 2;
    private const string Probe = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string Small = "GET /small HTTP/1.1\r\nHost: x\r\n\r\n";
    private const string SmallEcho = "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nsmall";
    private const string Revision = "GET /control/v1/revision HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + HostileBundle.Token + "\r\n\r\n";
    private readonly TimeSpan _duration = TimeSpan.FromSeconds(quick ? 5 : 20);
    private readonly string _directory = Directory.CreateTempSubdirectory("mock-runtime-hostile").FullName;

    private bool _large;
    private bool _rendered;

    public void Run()
    {
        Environment.SetEnvironmentVariable("DOTNET_GCHeapHardLimit", HeapLimit);
        byte[] large = [.. "POST /delayed HTTP/1.1\r\nHost: x\r\nContent-Length: 8000000\r\n\r\n"u8, .. new byte[8_000_000]];

        Attack("1,000 silent on the admin port", AdminPort, 1000, "", AdminPort, Probe, mostMilliseconds: 1000, connectsAnew: true);
        Attack("1,000 silent on the control port", ControlPort, 1000, "", ControlPort, Revision, mostMilliseconds: 1000, connectsAnew: true);
        Attack("8,692 silent on the port of the mocks", Port, 8692, "", Port, Small, mostMilliseconds: 1000, connectsAnew: true, isFlood: true);
        Attack("6,000 with heads of 900 bytes that never end", Port, 6000, "GET /small HTTP/1.1\r\nHost: x\r\nX-Slow: " + new string('x', 900), Port, Small, mostMilliseconds: 1000, isFlood: true);
        _large = true;
        Attack("400 that do not read 4 MB", Port, 400, "GET /large HTTP/1.1\r\nHost: x\r\n\r\n", Port, Small);
        (_large, _rendered) = (false, true);
        Attack("400 that do not read 4 MB rendered", Port, 400, "GET /rendered HTTP/1.1\r\nHost: x\r\n\r\n", Port, Small);
        _rendered = false;
        Attack("400 that do not read explanations", Port, 400, Repeat("GET /items/5/detail HTTP/1.1\r\nHost: x\r\nx-mock-explain: true\r\n\r\n", 20), Port, Small);
        Attack("400 that do not read 404s", Port, 400, Repeat("GET /items/5/nothing HTTP/1.1\r\nHost: x\r\n\r\n", 100), Port, Small);
        Attack("5,000 that announce bodies and send none", Port, 5000, "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n", Port, SmallEcho, mostMilliseconds: 1000, isFlood: true);
        Attack("6,000 with heads of 60 KiB that never end", Port, 6000, "GET /small HTTP/1.1\r\nHost: x\r\n" + Repeat($"X-Long: {new string('x', 5000)}\r\n", 12) + "X-Last: ", Port, Small, mostMilliseconds: 1000, isFlood: true);
        Attack("24 with 8 MB, answered after minutes", Port, 24, large, Port, SmallEcho);
        _large = true;
        Mixed(large);
        _rendered = true;
        Everything(large);
        Directory.Delete(_directory, recursive: true);
    }

    private static string Repeat(string request, int times) => string.Concat(Enumerable.Repeat(request, times));

    private void Attack(string name, int port, int clients, string words, int bystanderPort, string call, double mostMilliseconds = 20, bool connectsAnew = false, bool isFlood = false) =>
        Attack(name, port, clients, Encoding.Latin1.GetBytes(words), bystanderPort, call, mostMilliseconds, connectsAnew, isFlood);

    private void Attack(string name, int port, int clients, byte[] words, int bystanderPort, string call, double mostMilliseconds = 20, bool connectsAnew = false, bool isFlood = false) =>
        Measure(name, () => Crowd.Gather(port, clients, words), bystanderPort, call, mostMilliseconds, connectsAnew, isFlood);

    /// <summary>Sixteen clients, each hostile in a way of its own.</summary>
    private void Mixed(byte[] large)
    {
        byte[][] words =
        [
            Encoding.Latin1.GetBytes($"GET /items/5/details?{Repeat("page&", 6000)}page HTTP/1.1\r\nHost: x\r\n\r\n"),
            Encoding.Latin1.GetBytes(Repeat("GET /items/5/detail HTTP/1.1\r\nHost: x\r\nx-mock-explain: true\r\n\r\n", 50)),
            Encoding.Latin1.GetBytes(Repeat("GET /large HTTP/1.1\r\nHost: x\r\n\r\n", 4)),
            Encoding.Latin1.GetBytes(Repeat("GET /rendered HTTP/1.1\r\nHost: x\r\n\r\n", 4)),
            Encoding.Latin1.GetBytes(Repeat("GET /nothing/like/it HTTP/1.1\r\nHost: x\r\n\r\n", 200)),
            large,
            "POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 10000000\r\n\r\nx"u8.ToArray(),
            "GET /small HTTP/1.1\r\nHost: x\r\nX-Slow: "u8.ToArray(),
        ];
        Measure("16 clients, hostile in eight ways", () => Crowd.Gather(Port, 16, number => words[number % words.Length]), Port, Small, 50, connectsAnew: false);
    }

    /// <summary>A flood that wants every budget at once: bodies, answers, heads and connections.</summary>
    private void Everything(byte[] large)
    {
        byte[] heads = Encoding.Latin1.GetBytes("GET /small HTTP/1.1\r\nHost: x\r\n" + Repeat($"X-Long: {new string('x', 5000)}\r\n", 12) + "X-Last: ");
        byte[] rendered = "GET /rendered HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray();
        byte[] body = Encoding.Latin1.GetBytes("POST /echo HTTP/1.1\r\nHost: x\r\nContent-Length: 65536\r\n\r\n" + new string('x', 60_000));
        Measure("6,000, for everything at once", () => Crowd.Gather(Port, 6000, Words), Port, Small, 1000, connectsAnew: false, isFlood: true);

        byte[] Words(int number) => (number % 1000, number % 10) switch
        {
            (0, _) => large,
            (_, 1 or 2) => heads,
            (_, 3) => rendered,
            (_, 4) => body,
            _ => [],
        };
    }

    private void Measure(string name, Func<Crowd> gather, int bystanderPort, string call, double mostMilliseconds, bool connectsAnew, bool isFlood = false)
    {
        if (!name.Contains(only, StringComparison.Ordinal))
        {
            return;
        }

        BundleDirectory bundle = HostileBundle.Write(Path.Combine(_directory, Guid.NewGuid().ToString("N")), _large, _rendered);
        using ServerProcess server = ServerProcess.Start("runtime", Port, "/small", programs.Runtime, bundle.Arguments(Port));
        using var bystander = new Bystander(bystanderPort, call, connectsAnew);
        using var prober = new Bystander(AdminPort, Probe, connectsAnew: true);
        Thread.Sleep(TimeSpan.FromSeconds(2));
        double quiet = bystander.Take().P99;
        prober.Take();
        double before = server.ResidentBytes / Mebi;
        int returned;
        using (Crowd crowd = gather())
        {
            long begun = Stopwatch.GetTimestamp();
            while (Stopwatch.GetElapsedTime(begun) < _duration)
            {
                // A flood comes again at once.
                Thread.Sleep(isFlood ? 1 : 200);
                crowd.Return();
            }

            returned = crowd.Returned;
        }

        Calls calls = bystander.Take();
        Calls probes = prober.Take();
        Report.Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {returned} came again"));
        report.AtMost("  p99 of an ordinary call", calls.P99, mostMilliseconds, "ms", string.Create(CultureInfo.InvariantCulture, $"{quiet:0.0} without them; {calls.Count} calls, worst {calls.Worst:0}"));
        report.AtMost("  ordinary calls not answered", calls.Failed, 0, "", "");
        report.AtMost("  worst answer to a probe", probes.Worst, 1000, "ms", string.Create(CultureInfo.InvariantCulture, $"{probes.Count} probes, {probes.Failed} not answered"));
        report.AtMost("  resident, peak", server.PeakBytes / Mebi, isFlood ? MostResidentInFlood : MostResident, "MiB", string.Create(CultureInfo.InvariantCulture, $"{before:0} before"));
        Thread.Sleep(_duration);
        Report.Show("  resident some time after they left, MiB", server.ResidentBytes / Mebi, "");
    }
}
