namespace MockOperator.PostmanApi.Limits;

/// <summary>Counts requests of each caller in windows of a fixed length, as Postman does.</summary>
/// <param name="limit">Requests of a window.</param>
/// <param name="window">Its length.</param>
/// <param name="time">The clock.</param>
internal sealed class RateWindow(int limit, TimeSpan window, TimeProvider time)
{
    /// <summary>Most callers that are remembered. Beyond, those go whose window ends first.</summary>
    public const int MostCallers = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Count> _counts = new(StringComparer.Ordinal);
    // In the order in which windows began, which is that in which they end.
    private readonly Queue<(string Caller, DateTimeOffset Ends)> _order = new();

    /// <summary>Callers that are remembered.</summary>
    public int Callers
    {
        get
        {
            lock (_gate)
                return _counts.Count;
        }
    }

    /// <summary>Counts a request.</summary>
    /// <param name="caller">Whose.</param>
    public RateVerdict Take(string caller)
    {
        var now = time.GetUtcNow();
        lock (_gate)
        {
            while (_order.TryPeek(out var oldest) && (oldest.Ends <= now || _order.Count > MostCallers))
            {
                _order.Dequeue();
                if (_counts.TryGetValue(oldest.Caller, out var counted) && counted.Ends == oldest.Ends)
                    _counts.Remove(oldest.Caller);
            }

            if (!_counts.TryGetValue(caller, out var count))
            {
                count = new Count(now + window);
                _counts.Add(caller, count);
                _order.Enqueue((caller, count.Ends));
            }

            var refused = count.Taken >= limit;
            if (!refused)
                count.Taken++;
            return new RateVerdict(limit, window, limit - count.Taken, count.Ends, refused);
        }
    }

    private sealed class Count(DateTimeOffset ends)
    {
        public DateTimeOffset Ends => ends;

        public int Taken { get; set; }
    }
}
