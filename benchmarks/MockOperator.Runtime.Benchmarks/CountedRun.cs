using System.Diagnostics;
using System.Globalization;
using System.Net;
using MockOperator.Benchmarks;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>
/// The runtime under callgrind, which counts its instructions: the same ones for the same calls, whatever else the machine is doing. Those of the system are not among them.
/// </summary>
internal sealed class CountedRun(string runtime, string output)
{
    private const int Port = 18380;

    // Callgrind makes it fifty times slower, and other programs may be running.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(5);

    /// <summary>Instructions of each compiled method, start included.</summary>
    public async Task<Dictionary<string, long>> OfMethodsAsync(BundleDirectory bundle, bool hasQuota, int requests, Func<int, string> target)
    {
        await RunAsync(bundle, hasQuota, requests, target);
        return Callgrind.Read(output);
    }

    /// <summary>Instructions of all of it, start included.</summary>
    public async Task<long> OfAllAsync(BundleDirectory bundle, bool hasQuota, int requests, Func<int, string> target)
    {
        await RunAsync(bundle, hasQuota, requests, target);
        return Callgrind.ReadTotal(output);
    }

    private async Task RunAsync(BundleDirectory bundle, bool hasQuota, int requests, Func<int, string> target)
    {
        string[] command = ["--tool=callgrind", "--dump-line=no", "--callgrind-out-file=" + output, runtime, .. bundle.Arguments(Port)];
        using Process process = Process.Start(new ProcessStartInfo("valgrind", command) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            using var http = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port}")), Timeout = s_patience };
            await AnswersAsync(http, process);
            if (hasQuota)
            {
                await MeteredMock.GrantAsync(Port);
            }

            for (int request = 0; request < requests; request++)
            {
                (await http.GetByteArrayAsync(target(request))).AsSpan().Clear();
            }

            Machine.Run("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
            await process.WaitForExitAsync().WaitAsync(s_patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task AnswersAsync(HttpClient http, Process process)
    {
        for (long begun = Stopwatch.GetTimestamp(); ; await Task.Delay(200))
        {
            try
            {
                using HttpResponseMessage ready = await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port + 1}/readyz"));

                // The port of the operator is the last to be opened. It knows nobody without a token.
                using HttpResponseMessage control = await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{Port + 2}/control/v1/revision"));
                if (ready.StatusCode == HttpStatusCode.OK)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }

            if (process.HasExited || Stopwatch.GetElapsedTime(begun) > s_patience)
            {
                throw new InvalidOperationException("The runtime does not come up under valgrind.");
            }
        }
    }
}
