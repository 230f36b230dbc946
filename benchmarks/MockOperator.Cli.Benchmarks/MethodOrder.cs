using System.Diagnostics;
using System.Globalization;
using MockOperator.Benchmarks;

namespace MockOperator.Cli.Benchmarks;

/// <summary>
/// Which methods of <c>kubectl-mock</c> run at the start of each command and which for the console's pages, as callgrind counts them. The compiler puts them side by side in that order: of a program of
/// which a fifth runs, a fifth then is in memory, and the start reads less of the file.
/// </summary>
/// <param name="program">The program, with the names of its methods.</param>
/// <param name="kubeconfig">How to reach an API server with some mocks.</param>
internal sealed class MethodOrder(string program, string kubeconfig)
{
    /// <summary>So many mocks are enough to run what many take.</summary>
    public const int Mocks = 60;

    // Callgrind makes it fifty times slower, and other programs may be running.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private static readonly string[] Pages = [.. ConsoleBenchmark.Pages.Select(static page => page.Path), "/mocks/new?namespace=demo", "/mocks/demo/mock-0007/edit", "/mocks/demo/mock-0007/status", "/collections/demo/payments-0003"];

    /// <summary>Writes the names: those that every start takes, then those of pages; of each those that take most first.</summary>
    /// <param name="path">The file.</param>
    public async Task WriteAsync(string path)
    {
        var output = Path.GetTempFileName();
        try
        {
            var start = await CountAsync(output, ["--help"], static _ => Task.CompletedTask);
            var list = await CountAsync(output, ["list", "--namespace", "demo"], static _ => Task.CompletedTask);
            var console = await CountAsync(output, ConsoleBenchmark.Arguments(ConsoleBenchmark.FreePort(), ConsoleBenchmark.FreePort(), out var address, out var apiAddress), async process =>
            {
                using var client = ConsoleBenchmark.Client(address, Patience);
                await ConsoleBenchmark.UpAsync(client, Patience);
                foreach (var page in Pages.Concat(Pages))
                    await ConsoleBenchmark.AskAsync(client, page);
                await ConsoleBenchmark.AskAsync(client, apiAddress + ConsoleBenchmark.ApiPath);
                // Killed, callgrind would write nothing.
                using var end = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]);
            });
            string[] names = [.. new[] { start, list, console }.SelectMany(static counts => counts.OrderByDescending(static pair => pair.Value).ThenBy(static pair => pair.Key, StringComparer.Ordinal).Select(static pair => pair.Key)).Distinct(StringComparer.Ordinal)];
            await File.WriteAllLinesAsync(path, names);
            Report.Show("methods in order", names.Length.ToString(CultureInfo.InvariantCulture));
        }
        finally
        {
            File.Delete(output);
        }
    }

    private async Task<Dictionary<string, long>> CountAsync(string output, string[] arguments, Func<Process, Task> use)
    {
        var start = new ProcessStartInfo("valgrind", ["--tool=callgrind", "--dump-line=no", "--callgrind-out-file=" + output, program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        using var process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            await use(process);
            await process.WaitForExitAsync().WaitAsync(Patience);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }

        return Callgrind.Read(output);
    }
}
