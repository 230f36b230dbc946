using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MockOperator.Benchmarks;
using MockOperator.Kubernetes.Hosting;
using MockOperator.Testing;

namespace MockOperator.Cli.Benchmarks;

/// <summary>The console as a pod runs it, and one caller after the other that looks at pages.</summary>
internal sealed class ConsoleBenchmark(Report report, string program, string kubeconfig, int rounds)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Twice as long as it takes until memory is given back.
    private static readonly TimeSpan Rest = IdleMemory.Interval * 4;

    /// <summary>The address of Postman's list of mocks.</summary>
    public const string ApiPath = "/mocks?workspace=demo";

    /// <summary>The pages that are asked for.</summary>
    public static (string Name, string Path)[] Pages { get; } =
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
        var start = new ProcessStartInfo(program, Arguments(FreePort(), FreePort(), out var address, out var apiAddress)) { UseShellExecute = false, RedirectStandardOutput = true };
        start.Environment["KUBECONFIG"] = kubeconfig;
        using var process = Process.Start(start)!;
        try
        {
            using var client = Client(address, Patience);
            await UpAsync(client, Patience);
            Report.Show("console, resident after its start", $"{Status(process, "VmRSS:"):0.0} MiB");
            foreach (var (name, path) in Pages)
                report.AtMost($"{name}, {mocks} mocks", await MeasureAsync(process, client, path), 50, "ms");
            Report.Show($"Postman's list of {mocks} mocks", $"{await MeasureAsync(process, client, apiAddress + ApiPath):0.0} ms");
            Report.Show("console, resident at the end of them", $"{Status(process, "VmRSS:"):0.0} MiB");
            await Task.Delay(Rest);
            report.AtMost($"console, resident {Rest.TotalSeconds:0} s after {(Pages.Length + 1) * (rounds + 1)} pages", Status(process, "VmRSS:"), 48, "MiB");
            Report.Show("console, most resident", $"{Status(process, "VmHWM:"):0.0} MiB");
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    /// <summary>How the console is started as a pod starts it.</summary>
    public static string[] Arguments(int port, int apiPort, out string address, out string apiAddress)
    {
        (address, apiAddress) = ($"http://127.0.0.1:{Text(port)}", $"http://127.0.0.1:{Text(apiPort)}");
        return ["console", "--address", "127.0.0.1", "--port", Text(port), "--api-port", Text(apiPort), "--token-header", "Authorization"];
    }

    /// <summary>A caller.</summary>
    public static HttpClient Client(string address, TimeSpan patience)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None }) { BaseAddress = new Uri(address), Timeout = patience };
        client.DefaultRequestHeaders.Add("Authorization", $"Bearer {PlayedCluster.AdminToken}");
        client.DefaultRequestHeaders.Add("Accept-Encoding", "br");
        return client;
    }

    private async Task<double> MeasureAsync(Process process, HttpClient client, string path)
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
        Report.Show($"{path[path.LastIndexOf('/')..]}: processor time of the console; bytes on the wire", $"{(process.TotalProcessorTime - used).TotalMilliseconds / rounds:0.0} ms; {bytes}");
        return CommandBenchmark.Median(times);
    }

    /// <summary>Asks for a page.</summary>
    /// <returns>Its bytes on the wire.</returns>
    public static async Task<int> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.RelativeOrAbsolute));
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.StatusCode == HttpStatusCode.OK ? body.Length : throw new InvalidOperationException($"{path} is answered with {(int)answer.StatusCode}");
    }

    /// <summary>Waits until it answers.</summary>
    public static async Task UpAsync(HttpClient client, TimeSpan patience)
    {
        var begun = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await AskAsync(client, "/healthz");
                return;
            }
            catch (HttpRequestException) when (Stopwatch.GetElapsedTime(begun) < patience)
            {
                await Task.Delay(10);
            }
        }
    }

    /// <summary>A port that nobody has.</summary>
    public static int FreePort()
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
