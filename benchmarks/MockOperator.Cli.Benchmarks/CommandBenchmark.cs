using System.Diagnostics;
using MockOperator.Benchmarks;

namespace MockOperator.Cli.Benchmarks;

/// <summary>What people wait for at the command line: commands take turns in rounds, and the median counts.</summary>
internal sealed class CommandBenchmark(Report report, string program, string kubeconfig, int rounds)
{
    /// <summary>Measures size and commands.</summary>
    /// <param name="mocks">How many mocks the cluster has.</param>
    public void Run(int mocks)
    {
        report.AtMost("size of the executable", new FileInfo(program).Length / 1e6, 35, "MB");
        string[][] commands = [["--version"], ["--help"], ["version", "--client"], ["list", "--namespace", "demo"]];
        var times = commands.Select(static _ => new List<double>()).ToList();
        for (var round = 0; round < rounds; round++)
        {
            for (var command = 0; command < commands.Length; command++)
                times[command].Add(Time(commands[command]));
        }

        Report.Show("--version", $"{Median(times[0]):0.0} ms");
        report.AtMost("--help", Median(times[1]), 30, "ms");
        Report.Show("version --client", $"{Median(times[2]):0.0} ms");
        report.AtMost($"list of {mocks} mocks", Median(times[3]), 500, "ms");
    }

    /// <summary>The median.</summary>
    public static double Median(IEnumerable<double> figures) => figures.Order().ToList() is var sorted ? sorted[sorted.Count / 2] : 0;

    private double Time(string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        var begun = Stopwatch.GetTimestamp();
        using var process = Process.Start(start)!;
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        var took = Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        return process.ExitCode == 0 ? took : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
