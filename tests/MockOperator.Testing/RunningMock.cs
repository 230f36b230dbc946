using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Testing;

/// <summary>A real mock that stands for the pod of a played cluster: <c>kubectl-mock serve</c>, as it was built beside the tests, with its calls and its metrics.</summary>
public sealed class RunningMock : IAsyncDisposable
{
    /// <summary>The port of mocks in pods.</summary>
    public const int MockPort = 8080;

    /// <summary>The port of metrics in pods.</summary>
    public const int AdminPort = 9090;

    /// <summary>The port of calls in pods.</summary>
    public const int CallsPort = 9092;

    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(1);

    private readonly Process _process;
    private readonly StringBuilder _errors = new();

    private RunningMock(Process process, IReadOnlyDictionary<int, int> ports)
    {
        _process = process;
        Ports = ports;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{ports[MockPort]}") };
        process.ErrorDataReceived += (_, line) =>
        {
            lock (_errors)
                _errors.AppendLine(line.Data);
        };
    }

    /// <summary>The ports of a pod, and the ports of this machine that stand for them: for <see cref="PlayedCluster.AddPod"/>.</summary>
    public IReadOnlyDictionary<int, int> Ports { get; }

    /// <summary>Calls the mock.</summary>
    public HttpClient Http { get; }

    /// <summary>Serves files, and waits until it is ready.</summary>
    /// <param name="paths">What <c>kubectl-mock serve</c> takes.</param>
    public static async Task<RunningMock> StartAsync(params string[] paths)
    {
        var ports = new[] { MockPort, AdminPort, CallsPort }.ToDictionary(port => port, _ => FreePort());
        var program = Path.Combine(Repository.Root, "src", "MockOperator.Cli", "bin", Repository.Configuration, "net10.0", "kubectl-mock.dll");
        if (!File.Exists(program))
            throw new InvalidOperationException("kubectl-mock is not built: dotnet build src/MockOperator.Cli -c " + Repository.Configuration);
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true, UseShellExecute = false };
        foreach (var argument in (string[])["exec", program, "serve", .. paths, "--port", Text(ports[MockPort]), "--admin-port", Text(ports[AdminPort]), "--calls-port", Text(ports[CallsPort])])
            start.ArgumentList.Add(argument);
        var mock = new RunningMock(Process.Start(start)!, ports);
        mock._process.BeginErrorReadLine();
        mock._process.BeginOutputReadLine();
        await mock.ReadyAsync();
        return mock;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!_process.HasExited)
            _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private async Task ReadyAsync()
    {
        using var deadline = new CancellationTokenSource(s_patience);
        using var http = new HttpClient();
        while (true)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{Ports[AdminPort]}/readyz"), deadline.Token);
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException) when (!_process.HasExited)
            {
                // Not yet.
            }

            if (_process.HasExited)
                throw new InvalidOperationException(_errors.ToString());
            await Task.Delay(20, deadline.Token);
        }
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
