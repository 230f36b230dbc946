using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Text.Json.Nodes;
using MockOperator.Operator.Control;
using MockOperator.Operator.Desired;
using MockOperator.Resources;

namespace MockOperator.Operator.Tests.Cluster;

/// <summary>The program that runs in pods, one process for each pod of a fake cluster, reached over HTTP as in a real one. Each has a loopback address of its own, since the control port is fixed.</summary>
internal sealed class RuntimeProcesses(FakeCluster cluster) : IQuotaCourier, IAsyncDisposable
{
    private static readonly string s_program = typeof(RuntimeProcesses).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(static data => data.Key == "RuntimeProgram").Value!;
    private static int s_addresses;

    private readonly ConcurrentDictionary<string, Lazy<Task<RuntimeProcess>>> _processes = new(StringComparer.Ordinal);
    private readonly DirectPodDialer _dialer = new();

    /// <summary>Calls a pod.</summary>
    /// <returns>The status, and the body.</returns>
    public async Task<(HttpStatusCode Status, string Body)> CallAsync(string pod, string path)
    {
        RuntimeProcess process = await ProcessOf(pod);
        using HttpResponseMessage response = await process.Http.GetAsync(path, TestContext.Current.CancellationToken);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <inheritdoc/>
    public async Task<QuotaReport> ExchangeAsync(RuntimePod pod, string token, QuotaInstructions instructions, CancellationToken cancellation)
    {
        RuntimeProcess process = await ProcessOf(pod.Name).WaitAsync(cancellation);
        return await _dialer.ExchangeAsync(pod with { Address = process.Address }, token, instructions, cancellation);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        foreach (Lazy<Task<RuntimeProcess>> process in _processes.Values)
        {
            await (await process.Value).DisposeAsync();
        }

        _dialer.Dispose();
    }

    private Task<RuntimeProcess> ProcessOf(string pod) => _processes.GetOrAdd(pod, name => new Lazy<Task<RuntimeProcess>>(() => StartAsync(name))).Value;

    private async Task<RuntimeProcess> StartAsync(string pod)
    {
        string mock = (string)cluster.Find("pods", pod)!["metadata"]!["labels"]!["mockoperator.dev/mock-server"]!;
        DirectoryInfo bundle = Directory.CreateTempSubdirectory("mounted");
        for (int slot = 0; cluster.Find("configmaps", ChildNames.Bundle(mock, slot)) is { } map; slot++)
        {
            foreach ((string file, JsonNode? text) in map["data"]?.AsObject() ?? [])
            {
                await File.WriteAllTextAsync(Path.Combine(bundle.FullName, file), (string)text!);
            }

            foreach ((string file, JsonNode? bytes) in map["binaryData"]?.AsObject() ?? [])
            {
                await File.WriteAllBytesAsync(Path.Combine(bundle.FullName, file), Convert.FromBase64String((string)bytes!));
            }
        }

        return await RuntimeProcess.StartAsync(bundle, string.Create(CultureInfo.InvariantCulture, $"127.44.0.{Interlocked.Increment(ref s_addresses)}"));
    }

    private sealed class RuntimeProcess : IAsyncDisposable
    {
        private const int Port = 8080;
        private const int AdminPort = 19090;
        private readonly Process _process;
        private readonly DirectoryInfo _bundle;

        private RuntimeProcess(DirectoryInfo bundle, string address)
        {
            _bundle = bundle;
            Address = address;
            Http = new HttpClient { BaseAddress = new Uri($"http://{address}:{Port}") };
            _process = Process.Start(new ProcessStartInfo("dotnet", [s_program, "run", "--bundle", bundle.FullName, "--address", address, "--admin-port", AdminPort.ToString(CultureInfo.InvariantCulture), "--drain-delay", "0"]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
            _process.OutputDataReceived += static (_, line) => Console.WriteLine(line.Data);
            _process.ErrorDataReceived += static (_, line) => Console.WriteLine(line.Data);
            _process.BeginOutputReadLine();
            _process.BeginErrorReadLine();
        }

        public string Address { get; }

        public HttpClient Http { get; }

        public static async Task<RuntimeProcess> StartAsync(DirectoryInfo bundle, string address)
        {
            var process = new RuntimeProcess(bundle, address);
            using var ready = new HttpClient();
            await Eventually.TrueAsync(async () =>
            {
                try
                {
                    return (await ready.GetAsync($"http://{address}:{AdminPort}/readyz")).IsSuccessStatusCode;
                }
                catch (HttpRequestException)
                {
                    return false;
                }
            });
            return process;
        }

        public async ValueTask DisposeAsync()
        {
            Http.Dispose();
            _process.Kill();
            await _process.WaitForExitAsync();
            _process.Dispose();
            _bundle.Delete(recursive: true);
        }
    }
}
