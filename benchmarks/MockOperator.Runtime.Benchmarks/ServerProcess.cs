using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace MockOperator.Runtime.Benchmarks;

/// <summary>A server under test in a process of its own, on one core where the machine has several.</summary>
internal sealed class ServerProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;

    private ServerProcess(string name, Process process, int port, TimeSpan firstAnswer)
    {
        Name = name;
        _process = process;
        Port = port;
        FirstAnswer = firstAnswer;
    }

    public string Name { get; }

    public int Port { get; }

    /// <summary>Headers of every request to it, as <c>Name: value</c>.</summary>
    public IReadOnlyList<string> Headers { get; set; } = [];

    /// <summary>Time from starting the process to its first answer.</summary>
    public TimeSpan FirstAnswer { get; }

    /// <summary>Processor time that the process has used so far, seconds.</summary>
    public double ProcessorSeconds
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime.TotalSeconds;
        }
    }

    /// <summary>Resident memory now, bytes.</summary>
    public long ResidentBytes => ReadStatus("VmRSS:");

    /// <summary>Most resident memory so far, bytes.</summary>
    public long PeakBytes => ReadStatus("VmHWM:");

    public static ServerProcess Start(string name, int port, string path, string program, params string[] arguments) => Start(name, port, port, path, program, arguments);

    /// <summary>Starts one that is up when another port than its own says so.</summary>
    public static ServerProcess Start(string name, int port, int ready, string path, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        if (Machine.CanPin)
        {
            start = new ProcessStartInfo("taskset", ["-c", "0", program, .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        }

        long begun = Stopwatch.GetTimestamp();
        Process process = Process.Start(start)!;
        process.OutputDataReceived += static (_, _) => { };
        var errors = new List<string?>();
        process.ErrorDataReceived += (_, line) => errors.Add(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        while (!Answers(ready, path))
        {
            if (process.HasExited || Stopwatch.GetElapsedTime(begun) > Patience)
            {
                throw new InvalidOperationException($"{name} does not answer on port {port}: {string.Join('\n', errors)}");
            }

            Thread.Sleep(1);
        }

        return new ServerProcess(name, process, port, Stopwatch.GetElapsedTime(begun));
    }

    public void Dispose()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static bool Answers(int port, string path)
    {
        try
        {
            using var client = new TcpClient("127.0.0.1", port);
            client.GetStream().Write(System.Text.Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: bench\r\nConnection: close\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream());
            // A private mock that refuses is up, too.
            return reader.ReadLine() is { } status && (status.Contains(" 200", StringComparison.Ordinal) || status.Contains(" 401", StringComparison.Ordinal));
        }
        catch (Exception notYet) when (notYet is SocketException or IOException)
        {
            return false;
        }
    }

    private long ReadStatus(string field)
    {
        string line = File.ReadLines($"/proc/{_process.Id}/status").First(line => line.StartsWith(field, StringComparison.Ordinal));
        return 1024 * long.Parse(line[field.Length..].Replace("kB", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
    }
}
