using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// The part of a mock's rate limit that this pod keeps: a bucket that is filled up continuously, told by the time at which it will be full again (generic cell rate algorithm). One number, so no
/// lock and no timer.
/// </summary>
internal sealed class RateBucket
{
    // A call may take less than a tick of the clock.
    private const long Fine = 16;

    private readonly TimeProvider _time;
    private readonly long _origin;
    private readonly long _period;
    private long _fullAt;
    private int _pods = 1;
    private Part _part;

    /// <summary>Makes a full bucket.</summary>
    /// <param name="spec">The limit of the whole mock; it must be valid.</param>
    /// <param name="time">The clock.</param>
    public RateBucket(RateLimitSpec spec, TimeProvider time)
    {
        Spec = spec;
        Requests = spec.Requests ?? 0;
        Per = DurationText.TryParse(spec.Per, out TimeSpan per) ? per : RateLimitRules.DefaultPer;
        _time = time;
        _origin = time.GetTimestamp();
        _period = (long)(Per.TotalSeconds * time.TimestampFrequency) * Fine;
        _part = PartOf(1);
    }

    /// <summary>What it was made of.</summary>
    public RateLimitSpec Spec { get; }

    /// <summary>Calls of the whole mock in <see cref="Per"/>.</summary>
    public long Requests { get; }

    /// <summary>The time in which they are filled up.</summary>
    public TimeSpan Per { get; }

    /// <summary>Divides the limit among pods. Each has one call in <see cref="Per"/> at least.</summary>
    /// <param name="pods">Pods that are ready, 1 at least.</param>
    public void Divide(int pods)
    {
        if (pods != _pods)
        {
            _pods = pods;
            Volatile.Write(ref _part, PartOf(pods));
        }
    }

    /// <summary>Takes a call. Allocates nothing.</summary>
    /// <param name="timestamp">When it came.</param>
    /// <param name="wait">How long until the next can be taken, when not.</param>
    public bool TryTake(long timestamp, out TimeSpan wait)
    {
        Part part = Volatile.Read(ref _part);
        long now = (timestamp - _origin) * Fine;
        long seen = Volatile.Read(ref _fullAt);
        while (true)
        {
            long full = Math.Max(seen, now) + part.Interval;
            if (full - now > part.Room)
            {
                wait = TimeSpan.FromSeconds((full - now - part.Room) / (double)Fine / _time.TimestampFrequency);
                return false;
            }

            long found = Interlocked.CompareExchange(ref _fullAt, full, seen);
            if (found == seen)
            {
                wait = TimeSpan.Zero;
                return true;
            }

            seen = found;
        }
    }

    /// <summary>What is left of the whole limit, as far as this pod can say, and how long until it is full again.</summary>
    public (long Remaining, TimeSpan Reset) Look(long timestamp)
    {
        Part part = Volatile.Read(ref _part);
        long missing = Math.Max(0, Volatile.Read(ref _fullAt) - ((timestamp - _origin) * Fine));
        long left = Math.Max(0, (part.Room - missing) / part.Interval);
        return (Math.Min(Requests, left * _pods), TimeSpan.FromSeconds(missing / (double)Fine / _time.TimestampFrequency));
    }

    private Part PartOf(int pods)
    {
        long calls = Math.Max(1, Requests / Math.Max(1, pods));
        long interval = Math.Max(1, _period / calls);
        return new Part(interval, interval * calls);
    }

    private sealed record Part(long Interval, long Room);
}
