using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MockOperator.Fuzzing.Soak;

/// <summary>A runtime in a process of its own, watched from outside.</summary>
internal sealed class RuntimeProcess : IDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);
    private const int MostFaults = 8 * 1024;
    private readonly Process _process;
    private readonly StringBuilder _faults = new();

    private RuntimeProcess(string program, BundleMount mount)
    {
        (MockPort, AdminPort, ControlPort) = (FreePort(), FreePort(), FreePort());
        string[] arguments =
        [
            "run", "--bundle", mount.BundlePath, "--secrets", mount.SecretsPath, "--address", "127.0.0.1", "--drain-delay", "0",
            "--port", Text(MockPort), "--admin-port", Text(AdminPort), "--control-port", Text(ControlPort), "--calls-port", "0",
        ];
        _process = new Process { StartInfo = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true } };
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    /// <summary>Port of the mocks.</summary>
    public int MockPort { get; }

    /// <summary>Port of probes and metrics.</summary>
    public int AdminPort { get; }

    /// <summary>Port that takes pushes.</summary>
    public int ControlPort { get; }

    /// <summary>Whether it has ended, which it should not.</summary>
    public bool HasEnded => _process.HasExited;

    /// <summary>Lines of its log that are errors or hold a stack; empty when there are none.</summary>
    public string Faults
    {
        get
        {
            lock (_faults)
            {
                return _faults.ToString();
            }
        }
    }

    /// <summary>Resident memory, bytes.</summary>
    public long ResidentBytes => 1024 * Status("VmRSS:");

    /// <summary>Threads.</summary>
    public long Threads => Status("Threads:");

    /// <summary>Open files and sockets.</summary>
    public int Handles => Directory.EnumerateFileSystemEntries($"/proc/{_process.Id}/fd").Count();

    /// <summary>Starts it and waits until it is ready.</summary>
    /// <exception cref="InvalidOperationException">It does not become ready.</exception>
    public static async Task<RuntimeProcess> StartAsync(string program, BundleMount mount, HttpClient http)
    {
        var runtime = new RuntimeProcess(program, mount);
        var clock = Stopwatch.StartNew();
        while (!await runtime.IsReadyAsync(http))
        {
            if (runtime.HasEnded || clock.Elapsed > s_patience)
            {
                throw new InvalidOperationException($"{program} is not ready: {runtime.Faults}");
            }

            await Task.Delay(20);
        }

        return runtime;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private async Task<bool> IsReadyAsync(HttpClient http)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(new Uri($"http://127.0.0.1:{AdminPort}/readyz"));
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        if (line is not null && (line.Contains("\"level\":\"error\"", StringComparison.Ordinal) || line.Contains("   at ", StringComparison.Ordinal) || line.Contains("Unhandled", StringComparison.Ordinal)))
        {
            lock (_faults)
            {
                if (_faults.Length < MostFaults)
                {
                    _faults.AppendLine(line);
                }
            }
        }
    }

    private long Status(string field)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
