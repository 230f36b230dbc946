using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MockOperator.Benchmarks;
using MockOperator.Testing;

namespace MockOperator.Cli.Benchmarks;

/// <summary>The console as a pod runs it, and one caller after the other that looks at pages.</summary>
internal sealed class ConsoleBenchmark(Report report, string program, string kubeconfig, int rounds)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private static readonly (string Name, string Path)[] s_pages =
    [
        ("page of the mocks", "/mocks?namespace=demo"),
        ("page of the mocks of all namespaces, the last", "/mocks?namespace=*&page=20"),
        ("search among the mocks", "/mocks?namespace=demo&q=payments-0999"),
        ("page of a mock", "/mocks/demo/mock-0007"),
        ("page of usage", "/usage?namespace=demo"),
        ("page of the collections", "/collections?namespace=demo"),
    ];

    /// <summary>Measures time and memory.</summary>
    /// <param name="mocks">How many mocks the cluster has.</param>
    public async Task RunAsync(int mocks)
    {
        var (port, apiPort) = (FreePort(), FreePort());
        var start = new ProcessStartInfo(program, ["console", "--address", "127.0.0.1", "--port", Text(port), "--api-port", Text(apiPort), "--token-header", "Authorization"]) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        using var process = Process.Start(start)!;
        try
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
            client.DefaultRequestHeaders.Add("Authorization", $"Bearer {PlayedCluster.AdminToken}");
            client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
            await UpAsync(client);
            Report.Show("console, resident after its start", $"{Status(process, "VmRSS:"):0.0} MiB");
            foreach (var (name, path) in s_pages)
                await MeasureAsync(process, client, $"{name}, {mocks} mocks", path);
            await MeasureAsync(process, client, $"Postman's list of {mocks} mocks", $"http://127.0.0.1:{apiPort}/mocks?workspace=demo");
            await Task.Delay(Rest);
            report.AtMost($"console, resident after {(s_pages.Length + 1) * (rounds + 1)} pages", Status(process, "VmRSS:"), 48, "MiB");
            Report.Show("console, most resident", $"{Status(process, "VmHWM:"):0.0} MiB");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private async Task MeasureAsync(Process process, HttpClient client, string name, string path)
    {
        var bytes = await AskAsync(client, path);
        process.Refresh();
        var used = process.TotalProcessorTime;
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            var begun = Stopwatch.GetTimestamp();
            await AskAsync(client, path);
            times.Add(Stopwatch.GetElapsedTime(begun).TotalMilliseconds);
        }

        process.Refresh();
        report.AtMost(name, CommandBenchmark.Median(times), 50, "ms");
        Report.Show("  processor time of the console; bytes on the wire", $"{(process.TotalProcessorTime - used).TotalMilliseconds / rounds:0.0} ms; {bytes}");
    }

    private static async Task<int> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? body.Length : throw new InvalidOperationException($"{path} is answered with {(int)answer.StatusCode}");
    }

    private static async Task UpAsync(HttpClient client)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await AskAsync(client, "/healthz");
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < Patience)
            {
                await Task.Delay(10);
            }
        }
    }

    private static int FreePort()
    {
        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        return ((IPEndPoint)free.LocalEndpoint).Port;
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static double Status(Process process, string field)
    {
        var line = File.ReadLines($"/proc/{process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
