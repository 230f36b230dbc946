using System.Diagnostics;
using System.Globalization;

namespace MockOperator.Fuzzing.Soak;

/// <summary>Watches a process from outside. A reading follows a reload, which ends with a collection: what is left of managed memory then is in use.</summary>
internal sealed class Gauges(RuntimeProcess runtime, Reloads reloads, HttpClient http)
{
    /// <summary>Name of the curve of resident memory.</summary>
    public const string Resident = "resident";

    /// <summary>Name of the curve of managed memory after a collection.</summary>
    public const string Managed = "managed";

    /// <summary>Name of the curve of open files and sockets.</summary>
    public const string Handles = "handles";

    /// <summary>Name of the curve of threads.</summary>
    public const string Threads = "threads";

    private const double Mebibyte = 1024 * 1024;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Curve _resident = new(Resident, "MiB");
    private readonly Curve _managed = new(Managed, "MiB");
    private readonly Curve _handles = new(Handles, "");
    private readonly Curve _threads = new(Threads, "");

    /// <summary>Reads everything once.</summary>
    public async Task ReadAsync()
    {
        await reloads.NextAsync();
        double managed = await ReadManagedAsync();
        TimeSpan now = _clock.Elapsed;
        _managed.Add(now, managed / Mebibyte);
        _resident.Add(now, runtime.ResidentBytes / Mebibyte);
        _handles.Add(now, runtime.Handles);
        _threads.Add(now, runtime.Threads);
    }

    /// <summary>What was read so far.</summary>
    public SoakPhase ToPhase(string name) => new(name, _clock.Elapsed, [_resident, _managed, _handles, _threads]);

    private async Task<double> ReadManagedAsync()
    {
        const string Metric = "dotnet_total_memory_bytes ";
        string metrics = await http.GetStringAsync(new Uri($"http://127.0.0.1:{runtime.AdminPort}/metrics"));
        string line = metrics.Split('\n').First(static line => line.StartsWith(Metric, StringComparison.Ordinal));
        return double.Parse(line[Metric.Length..], CultureInfo.InvariantCulture);
    }
}
