using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace MockOperator.Operator.Benchmarks;

/// <summary>The operator as users run it: a process of its own, outside the cluster.</summary>
internal sealed class OperatorProcess : IDisposable
{
    private readonly Process _process;
    private readonly HttpClient _metrics;

    private OperatorProcess(Process process, int port)
    {
        _process = process;
        _metrics = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
    }

    /// <summary>Most resident memory so far, MiB.</summary>
    public double PeakMiB => Status("VmHWM:");

    /// <summary>Resident memory now, MiB.</summary>
    public double ResidentMiB => Status("VmRSS:");

    /// <summary>Processor time used so far, in seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Starts it for one namespace, with a key file of its own.</summary>
    public static OperatorProcess Start(string program, string space, string keyFile)
    {
        if (!File.Exists(keyFile))
        {
            File.WriteAllText(keyFile, Convert.ToHexString(RandomNumberGenerator.GetBytes(32)));
        }

        using var free = new TcpListener(IPAddress.Loopback, 0);
        free.Start();
        int port = ((IPEndPoint)free.LocalEndpoint).Port;
        free.Stop();
        Process process = Process.Start(new ProcessStartInfo(program,
        [
            "run", "--namespaces", space, "--runtime-image", "benchmark.invalid/mock-runtime", "--leader-elect", "false", "--control-via", "ApiServerProxy", "--control-key-file", keyFile,
            "--metrics-port", port.ToString(CultureInfo.InvariantCulture),
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.OutputDataReceived += static (_, _) => { };
        process.ErrorDataReceived += static (_, line) => Console.Error.WriteLine(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return new OperatorProcess(process, port);
    }

    /// <summary>Sum of a metric over all of its labels that contain a text; 0 while the operator does not answer yet.</summary>
    public async Task<double> SumAsync(string metric, string label)
    {
        if (_process.HasExited)
        {
            throw new InvalidOperationException($"the operator ended with exit code {_process.ExitCode}");
        }

        try
        {
            string text = await _metrics.GetStringAsync(new Uri("/metrics", UriKind.Relative));
            return text.Split('\n')
                .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))
                .Sum(static line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            _process.WaitForExit();
        }

        _process.Dispose();
        _metrics.Dispose();
    }

    private double Status(string field)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return double.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture) / 1024;
    }
}
