using Microsoft.Extensions.Hosting;

namespace MockOperator.Kubernetes.Hosting;

/// <summary>
/// Gives memory back after work. The garbage collector has no reason to collect while nothing is allocated, so what the first list of a cluster or a large
/// collection took would stay taken for as long as the program idles.
/// </summary>
public sealed class IdleMemory(TimeProvider time) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // Less than this in an interval is the noise of watches and probes.
    private const long Quiet = 4 * 1024 * 1024;

    // Less than this since the last time is not worth a collection.
    private const long Worthwhile = 16 * 1024 * 1024;

    private long _allocatedBefore;
    private long _allocatedAtCollection;

    /// <summary>Decides, once an interval, whether to collect now.</summary>
    /// <param name="allocated">Bytes allocated since the start of the process.</param>
    public bool IsTime(long allocated)
    {
        bool isQuiet = allocated - _allocatedBefore < Quiet;
        _allocatedBefore = allocated;
        if (!isQuiet || allocated - _allocatedAtCollection < Worthwhile)
        {
            return false;
        }

        _allocatedAtCollection = allocated;
        return true;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (IsTime(GC.GetTotalAllocatedBytes()))
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            }
        }
    }
}
