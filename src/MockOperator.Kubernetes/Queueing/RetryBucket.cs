namespace MockOperator.Kubernetes.Queueing;

/// <summary>A token bucket over the retries of all keys: when everything fails at once, the server is not asked faster than this. Guarded by the queue's lock.</summary>
internal sealed class RetryBucket(double perSecond, int burst, TimeProvider time)
{
    private readonly long _started = time.GetTimestamp();
    private double _tokens = burst;
    private TimeSpan _refilled;

    /// <summary>Takes a token, if need be one of the future.</summary>
    /// <returns>How long until it is there.</returns>
    public TimeSpan Reserve()
    {
        var now = time.GetElapsedTime(_started);
        _tokens = Math.Min(burst, _tokens + ((now - _refilled).TotalSeconds * perSecond)) - 1;
        _refilled = now;
        return _tokens >= 0 ? TimeSpan.Zero : TimeSpan.FromSeconds(-_tokens / perSecond);
    }
}
