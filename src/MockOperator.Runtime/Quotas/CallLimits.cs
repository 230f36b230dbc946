using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// What stands between a caller who may call a mock and its answer: the rate limit, then the quotas. They outlive every edit of the mock's content. A call that the rate limit refuses costs no
/// quota.
/// </summary>
internal sealed class CallLimits
{
    /// <summary>For how long what callers are told of the limits may be old.</summary>
    private static readonly TimeSpan s_headersLast = TimeSpan.FromSeconds(1);

    private readonly TimeProvider _time;
    private readonly long _headersLast;
    private RateBucket? _bucket;
    private LimitHeaders? _headers;
    private long _headersMadeAt;
    private int _pods = 1;

    /// <summary>Makes the limits of a mock that has none yet.</summary>
    /// <param name="instance">Names the process to the operator.</param>
    /// <param name="time">The clock.</param>
    public CallLimits(string instance, TimeProvider time)
    {
        _time = time;
        _headersLast = (long)(s_headersLast.TotalSeconds * time.TimestampFrequency);
        Meter = new CallMeter(instance, time);
    }

    /// <summary>The quotas.</summary>
    public CallMeter Meter { get; }

    /// <summary>Whether there is anything to judge a call by.</summary>
    public bool IsNeeded => Volatile.Read(ref _bucket) is not null || Meter.IsNeeded;

    /// <summary>Takes over the limits of a definition, which must be valid (<see cref="LimitRules"/>).</summary>
    /// <param name="quotas">The quotas that count the calls.</param>
    /// <param name="rate">The rate limit; null for none.</param>
    public void Follow(IReadOnlyList<QuotaReference> quotas, RateLimitSpec? rate)
    {
        if (rate != Volatile.Read(ref _bucket)?.Spec)
        {
            RateBucket? bucket = rate is null ? null : new RateBucket(rate, _time);
            bucket?.Divide(_pods);
            Volatile.Write(ref _bucket, bucket);
        }

        Meter.Follow(quotas);
        Volatile.Write(ref _headers, null);
    }

    /// <summary>Takes in what the operator says, and answers when it should hear something.</summary>
    /// <exception cref="OperationCanceledException">The operator has left.</exception>
    public Task<QuotaReport> ExchangeAsync(QuotaInstructions said, CancellationToken aborted)
    {
        // What is left out of the JSON is 0.
        _pods = Math.Max(1, said.ReadyPods);
        Volatile.Read(ref _bucket)?.Divide(_pods);
        return Meter.ExchangeAsync(said, aborted);
    }

    /// <summary>Judges a call by the rate limit. Allocates nothing when it is admitted.</summary>
    /// <param name="timestamp">When it came.</param>
    public CallRefusal? JudgeRate(long timestamp)
    {
        if (Volatile.Read(ref _bucket) is not { } bucket || bucket.TryTake(timestamp, out TimeSpan wait))
        {
            return null;
        }

        long seconds = Math.Max(1, (long)Math.Ceiling(wait.TotalSeconds));
        string per = bucket.Spec.Per ?? "1m";
        return new CallRefusal(LimitReason.RateLimit, $"Rate limit reached. This mock answers {bucket.Requests} calls in {per}. Try again in {seconds} s.", seconds);
    }

    /// <summary>What callers are told of the limits.</summary>
    /// <param name="timestamp">When the call came.</param>
    /// <param name="isRefused">Whether it is refused; then nothing old is told.</param>
    public LimitHeaders Tell(long timestamp, bool isRefused)
    {
        LimitHeaders? made = Volatile.Read(ref _headers);
        if (made is not null && !isRefused && timestamp - Volatile.Read(ref _headersMadeAt) < _headersLast)
        {
            return made;
        }

        made = LimitHeaders.Of(Volatile.Read(ref _bucket), Meter.Allotments, _time);
        Volatile.Write(ref _headersMadeAt, timestamp);
        Volatile.Write(ref _headers, made);
        return made;
    }
}
