using System.Globalization;
using System.Text.RegularExpressions;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>Drives servers with wrk, taking turns so that whatever else the machine does meets all alike.</summary>
internal sealed partial class LoadGenerator(int rounds, int secondsPerRound)
{
    private const int Connections = 32;

    /// <summary>Measures servers side by side.</summary>
    /// <param name="contenders">Server and path; several paths of the form <c>/items/{n}/details</c> are walked through when it holds <c>{n}</c>.</param>
    /// <param name="paths">Number of paths behind <c>{n}</c>.</param>
    /// <returns>The rounds of each.</returns>
    public Rates Measure(int paths, params (ServerProcess Server, string Path)[] contenders)
    {
        var rates = contenders.ToDictionary(static contender => contender.Server.Name, static _ => new List<Round>(), StringComparer.Ordinal);
        foreach ((ServerProcess server, string path) in contenders)
        {
            Drive(server, path, paths, seconds: 1);
        }

        for (int round = 0; round < rounds; round++)
        {
            foreach ((ServerProcess server, string path) in round % 2 == 0 ? contenders : contenders.Reverse())
            {
                rates[server.Name].Add(Drive(server, path, paths, secondsPerRound));
            }
        }

        return new Rates(rates);
    }

    private static Round Drive(ServerProcess server, string path, int paths, int seconds)
    {
        string script = Path.Combine(Path.GetTempPath(), "mock-runtime-bench.lua");
        File.WriteAllText(script, $$"""
            local requests = {}
            local n = 0
            init = function(args)
              for i = 0, {{paths - 1}} do
                requests[i] = wrk.format("GET", (string.gsub("{{path}}", "{n}", tostring(i))))
              end
            end
            request = function()
              n = (n + 7) % {{paths}}
              return requests[n]
            end
            """);
        string[] wrk =
        [
            "wrk", "-t1", "-c" + Connections.ToString(CultureInfo.InvariantCulture), $"-d{seconds}s", "-s", script, .. server.Headers.SelectMany(static header => new[] { "-H", header }), $"http://127.0.0.1:{server.Port}",
        ];
        double before = server.ProcessorSeconds;
        string output = Machine.CanPin ? Machine.Run("taskset", ["-c", "1", .. wrk]) : Machine.Run(wrk[0], wrk[1..]);
        if (output.Contains("Non-2xx", StringComparison.Ordinal) || output.Contains("Socket errors", StringComparison.Ordinal))
        {
            throw new InvalidOperationException($"{server.Name} failed requests:\n{output}");
        }

        double used = server.ProcessorSeconds - before;
        long requests = long.Parse(RequestsDone().Match(output).Groups["count"].Value, CultureInfo.InvariantCulture);
        return new Round(double.Parse(RequestsPerSecond().Match(output).Groups["rate"].Value, CultureInfo.InvariantCulture), requests / used);
    }

    [GeneratedRegex(@"(?<count>[0-9]+) requests in", RegexOptions.NonBacktracking)]
    private static partial Regex RequestsDone();

    [GeneratedRegex(@"Requests/sec:\s+(?<rate>[0-9.]+)", RegexOptions.NonBacktracking)]
    private static partial Regex RequestsPerSecond();
}
