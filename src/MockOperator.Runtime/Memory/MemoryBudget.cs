namespace MockOperator.Runtime.Memory;

/// <summary>
/// Bounds the memory that one kind of bytes takes, however many clients there are. A quarter is kept for those who hold little, so that a few who hold much do not
/// keep out everybody else. Thread-safe.
/// </summary>
/// <param name="bytes">Most bytes that are held at once.</param>
/// <param name="within">Of which everything is taken as well; null for none.</param>
internal sealed class MemoryBudget(long bytes, MemoryBudget? within = null)
{
    /// <summary>Up to so many bytes are little.</summary>
    public const int LittleBytes = 16 * 1024;
    private readonly long _forMuch = bytes / 4 * 3;
    private long _used;
    private long _peak;
    private long _refused;

    /// <summary>Is told whenever bytes were taken, by whoever took them: it must not be long about it.</summary>
    public Action? Taken { get; set; }

    /// <summary>Most bytes that are held at once.</summary>
    public long Limit => bytes;

    /// <summary>Bytes that are held.</summary>
    public long Used => Interlocked.Read(ref _used);

    /// <summary>Most bytes that were held at once so far.</summary>
    public long Peak => Interlocked.Read(ref _peak);

    /// <summary>How often bytes were refused so far.</summary>
    public long Refused => Interlocked.Read(ref _refused);

    /// <summary>Takes bytes from the budget.</summary>
    /// <param name="count">So many.</param>
    /// <param name="held">What the taker holds then.</param>
    /// <returns>False when so many are not left; then none is taken.</returns>
    public bool TryTake(int count, long held)
    {
        long used = Interlocked.Add(ref _used, count);
        if (used <= (held <= LittleBytes ? bytes : _forMuch) && within?.TryTake(count, held) != false)
        {
            NotePeak(used);
            Taken?.Invoke();
            return true;
        }

        Interlocked.Add(ref _used, -count);
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>
    /// Takes bytes although none are left, for somebody else is about to give back as much. Since that may take its time, a quarter beyond the budget is the most that is held so.
    /// </summary>
    /// <param name="count">So many.</param>
    /// <returns>False when too many are owed already; then none is taken.</returns>
    public bool TryTakeInAdvance(int count)
    {
        long used = Interlocked.Add(ref _used, count);
        if (used <= bytes + (bytes / 4) && within?.TryTakeInAdvance(count) != false)
        {
            NotePeak(used);
            Taken?.Invoke();
            return true;
        }

        Interlocked.Add(ref _used, -count);
        Interlocked.Increment(ref _refused);
        return false;
    }

    /// <summary>Gives bytes back.</summary>
    public void Return(int count)
    {
        Interlocked.Add(ref _used, -count);
        within?.Return(count);
    }

    private void NotePeak(long used)
    {
        long peak = Interlocked.Read(ref _peak);
        while (used > peak)
        {
            long seen = Interlocked.CompareExchange(ref _peak, used, peak);
            if (seen == peak)
            {
                return;
            }

            peak = seen;
        }
    }
}
