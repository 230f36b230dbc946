namespace MockOperator.Operator.Quotas;

/// <summary>
/// How often the books of a quota may be written: in the long run once in five seconds for each process that shares it, at any load; a few may come at once, so that a burst and the last calls of a
/// period need not wait. Not thread-safe.
/// </summary>
public sealed class WriteAllowance
{
    /// <summary>Writes that may come at once.</summary>
    public const int Burst = 10;

    /// <summary>In the long run, one write of each process in this time.</summary>
    public static readonly TimeSpan PerProcess = TimeSpan.FromSeconds(5);

    private double _left = Burst;
    private DateTimeOffset? _filled;

    /// <summary>Takes a write, if one may be made.</summary>
    /// <param name="now">The time.</param>
    /// <param name="processes">Processes that share the quota.</param>
    /// <returns>Zero when it was taken, else how long to wait.</returns>
    public TimeSpan Take(DateTimeOffset now, int processes)
    {
        double rate = Math.Max(1, processes) / PerProcess.TotalSeconds;
        if (_filled is { } before && now > before)
        {
            _left = Math.Min(Burst, _left + ((now - before).TotalSeconds * rate));
        }

        _filled = now;
        if (_left >= 1)
        {
            _left--;
            return TimeSpan.Zero;
        }

        return TimeSpan.FromSeconds((1 - _left) / rate);
    }
}
