namespace MockOperator.Kubernetes.Queueing;

/// <summary>Growing waits: the first, doubled with each further failure, up to a cap, plus random jitter.</summary>
/// <param name="First">The wait after the first failure.</param>
/// <param name="Cap">The longest wait before jitter.</param>
/// <param name="Jitter">The greatest random addition, as a share of the wait: 1 means up to twice as long.</param>
public sealed record Backoff(TimeSpan First, TimeSpan Cap, double Jitter = 0)
{
    /// <summary>What client-go's reflector waits: 0.8 s to 30 s, doubled at most by jitter.</summary>
    public static readonly Backoff OfWatches = new(TimeSpan.FromMilliseconds(800), TimeSpan.FromSeconds(30), Jitter: 1);

    /// <summary>What a failing key waits: 5 ms to 5 min.</summary>
    public static readonly Backoff OfKeys = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    /// <summary>The wait after a number of failures in a row.</summary>
    /// <param name="failures">1 for the first failure; less counts as 1.</param>
    /// <param name="random">Source of jitter; not needed without.</param>
    /// <returns>The wait.</returns>
    public TimeSpan After(int failures, Random? random = null)
    {
        var exponent = Math.Clamp(failures - 1, 0, 62);
        var ticks = Math.Min(First.Ticks * Math.Pow(2, exponent), Cap.Ticks);
        if (Jitter > 0)
            ticks *= 1 + ((random ?? Random.Shared).NextDouble() * Jitter);
        return TimeSpan.FromTicks((long)ticks);
    }
}
