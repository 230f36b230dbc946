namespace MockOperator.Runtime.Memory;

/// <summary>
/// Gives memory back to the system when it is quiet again, or when a crowd has left. The garbage collector has no reason to collect while little is allocated, so what a crowd of connections took would
/// stay taken until the next crowd. Mocks that answer without allocating never see a collection of this kind.
/// </summary>
/// <param name="connections">Connections that are open now.</param>
/// <param name="time">The clock.</param>
internal sealed class IdleMemory(Func<int> connections, TimeProvider time)
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);

    // Less than this in an interval is the noise of probes and scrapes.
    private const long Quiet = 4 * 1024 * 1024;

    // More than the first generation comes and goes by; less is not worth a pause.
    private const long Worthwhile = 16 * 1024 * 1024;

    // So many connections fewer, and half of them, are a crowd that has left.
    private const int Crowd = 64;

    // A crowd that comes and goes makes those who stay wait once in so many intervals.
    private const int BetweenCrowds = 3;

    private long _allocatedBefore;
    private long _kept;
    private int _mostConnections;
    private int _sinceCrowd = BetweenCrowds;

    /// <summary>Decides, once an interval, whether to collect now.</summary>
    /// <param name="allocated">Bytes allocated since the start of the process.</param>
    /// <param name="committed">Bytes that the garbage collector holds.</param>
    /// <param name="open">Connections that are open.</param>
    public bool IsTime(long allocated, long committed, int open)
    {
        bool isQuiet = allocated - _allocatedBefore < Quiet;
        _allocatedBefore = allocated;
        _mostConnections = Math.Max(_mostConnections, open);
        _sinceCrowd++;
        if (_mostConnections - open >= Crowd && open <= _mostConnections / 2 && (isQuiet || _sinceCrowd >= BetweenCrowds))
        {
            // What could not be given back for the connections that were open may be given back now.
            Collected(0, open);
            _sinceCrowd = 0;
            return committed >= Worthwhile;
        }

        return isQuiet && committed - _kept >= Worthwhile;
    }

    /// <summary>Notes what is left after a collection; before the first that is nothing.</summary>
    /// <param name="committed">Bytes that the garbage collector holds.</param>
    /// <param name="open">Connections that are open.</param>
    public void Collected(long committed, int open)
    {
        _kept = committed;
        _mostConnections = open;
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                int open = connections();
                if (IsTime(GC.GetTotalAllocatedBytes(), Committed(), open))
                {
                    GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                    Collected(Committed(), open);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // That is the end.
        }
    }

    private static long Committed() => GC.GetGCMemoryInfo(GCKind.Any).TotalCommittedBytes;
}
