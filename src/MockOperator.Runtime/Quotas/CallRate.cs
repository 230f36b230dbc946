namespace MockOperator.Runtime.Quotas;

/// <summary>Calls in a second that came lately: follows a burst at once and falls slowly. Used under the lock of its owner.</summary>
internal sealed class CallRate(TimeProvider time)
{
    /// <summary>Calls that came within less are taken to have come within this: two calls at one moment are no flood.</summary>
    private const double ShortestSeconds = 0.25;

    /// <summary>After so long a new count begins, and the one before has lost half of its weight, however often it is asked for.</summary>
    private const double WindowSeconds = 1;

    private long _since = time.GetTimestamp();
    private long _callsThen;
    private double _before;

    /// <summary>The rate now.</summary>
    /// <param name="calls">All calls that ever came.</param>
    public double Of(long calls)
    {
        double elapsed = time.GetElapsedTime(_since).TotalSeconds;
        double rate = Math.Max(Math.Max(0, calls - _callsThen) / Math.Max(elapsed, ShortestSeconds), _before * Math.Pow(0.5, elapsed / WindowSeconds));
        if (elapsed >= WindowSeconds)
        {
            _since = time.GetTimestamp();
            _callsThen = calls;
            _before = rate;
        }

        return rate;
    }
}
