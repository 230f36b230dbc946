namespace MockOperator.Runtime.Content;

/// <summary>
/// When content that could not be taken over, for a reason that nobody foresaw, is tried again: after a second, then after twice as long each time, at most a minute. Other content
/// need not wait. Used by one thread.
/// </summary>
/// <param name="time">The clock.</param>
internal sealed class FaultBackoff(TimeProvider time)
{
    /// <summary>Time until the first new attempt.</summary>
    public static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>Longest time between two attempts.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private string? _failed;
    private long _since;
    private TimeSpan _delay;

    /// <summary>Whether it is too early to try content again.</summary>
    /// <param name="fingerprint">Tells the content from other content.</param>
    public bool Holds(string fingerprint) => _failed == fingerprint && time.GetElapsedTime(_since) < _delay;

    /// <summary>Notes that content could not be taken over.</summary>
    /// <param name="fingerprint">Tells the content from other content.</param>
    /// <returns>After which time it is tried again.</returns>
    public TimeSpan Failed(string fingerprint)
    {
        _delay = _failed == fingerprint ? TimeSpan.FromTicks(Math.Min(2 * _delay.Ticks, Longest.Ticks)) : First;
        _failed = fingerprint;
        _since = time.GetTimestamp();
        return _delay;
    }

    /// <summary>Notes that all is well.</summary>
    public void Clear() => _failed = null;
}
