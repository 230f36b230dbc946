namespace MockOperator.Runtime.Quotas;

/// <summary>A call on its way through the limits of its mock: what it took of the quotas, until it is known whether it was answered. One for each connection, used again and again.</summary>
internal sealed class CallPass
{
    private CallLimits? _limits;
    private Allotment[]? _taken;
    private long _timestamp;
    private bool _isRefused;

    /// <summary>Enters, if nobody has to be waited for. Allocates nothing for a call that is admitted.</summary>
    /// <param name="limits">The limits of the mock.</param>
    /// <param name="timestamp">When the call came.</param>
    /// <param name="refused">Why the call is refused; null when it is not.</param>
    /// <returns>Whether it is decided; otherwise <see cref="WaitAsync"/> decides.</returns>
    public bool TryEnter(CallLimits limits, long timestamp, out CallRefusal? refused)
    {
        _limits = limits;
        _timestamp = timestamp;
        refused = limits.JudgeRate(timestamp);
        _isRefused = refused is not null;
        return _isRefused || (_taken = limits.Meter.TryTake(timestamp)) is not null;
    }

    /// <summary>Waits for what the quotas of the mock grant.</summary>
    /// <param name="aborted">Fires when the caller leaves.</param>
    /// <returns>Why the call is refused; null when it is not.</returns>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public async ValueTask<CallRefusal?> WaitAsync(CancellationToken aborted)
    {
        (_taken, CallRefusal? refused) = await _limits!.Meter.TakeAsync(aborted);
        _isRefused = refused is not null;
        return refused;
    }

    /// <summary>Tells the caller of the limits.</summary>
    /// <param name="response">The headers of the answer.</param>
    /// <param name="mayHaveOwn">Whether the answer may tell of limits by itself.</param>
    /// <returns>What was added as lines, and is not to be found among the headers of the answer; null for nothing.</returns>
    public LimitHeaders? Write(IHeaderDictionary response, bool mayHaveOwn) => _limits?.Tell(_timestamp, _isRefused) is { } told && told.Write(response, mayHaveOwn) ? told : null;

    /// <summary>Ends the call.</summary>
    /// <param name="isAnswered">Whether it counts. If not, what it took is given back.</param>
    public void End(bool isAnswered)
    {
        if (!isAnswered && _taken is not null)
        {
            CallMeter.GiveBack(_taken);
        }

        _taken = null;
        _limits = null;
        _isRefused = false;
    }
}
