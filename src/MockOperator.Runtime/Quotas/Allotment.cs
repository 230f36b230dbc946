using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// What this process holds of one quota in one period: <c>granted − returned = answered + unspent</c>, at every moment. Calls take and give back by compare and exchange, on any
/// thread; everything else is done by <see cref="QuotaBooks"/> under its lock. Once closed it never answers again, and its numbers stay.
/// </summary>
internal sealed class Allotment
{
    // No count of calls comes near it.
    private const long Closed = long.MinValue;

    /// <summary>Share of the last block, in percent, at which more is asked for, so that it is there before the block is spent.</summary>
    private const long WantsAtPercent = 30;

    private QuotaReference _quota;
    private long _unspent;
    private long _closedUnspent;
    private long _endsAt = long.MaxValue;
    private long _wantsAt;
    private volatile bool _isExhausted;
    private volatile bool _isContent;

    /// <summary>Makes one of which nothing is granted yet.</summary>
    /// <param name="quota">The quota.</param>
    public Allotment(QuotaReference quota) => _quota = quota;

    /// <summary>The quota, as the definition of the mock names it now.</summary>
    public QuotaReference Quota
    {
        get => Volatile.Read(ref _quota);
        set => Volatile.Write(ref _quota, value);
    }

    /// <summary>The period by name; empty before the operator has told of one.</summary>
    public string Period { get; set; } = "";

    /// <summary>Calls granted, all grants together.</summary>
    public long Granted { get; private set; }

    /// <summary>Calls given back.</summary>
    public long Returned { get; private set; }

    /// <summary>Calls left; negative when more were answered than granted.</summary>
    public long Unspent => Volatile.Read(ref _unspent) is var seen && seen != Closed ? seen : Volatile.Read(ref _closedUnspent);

    /// <summary>Calls answered.</summary>
    public long Answered => Granted - Returned - Unspent;

    /// <summary>Whether it answers no more.</summary>
    public bool IsClosed => Volatile.Read(ref _unspent) == Closed;

    /// <summary>Timestamp of the end of the period.</summary>
    public long EndsAt
    {
        get => Volatile.Read(ref _endsAt);
        set => Volatile.Write(ref _endsAt, value);
    }

    /// <summary>Calls that the quota allows in the period.</summary>
    public long Limit { get; set; }

    /// <summary>Calls that all pods together had left when <see cref="AnsweredThen"/> were answered here.</summary>
    public long RemainingThen { get; set; }

    /// <summary>Calls answered here when the operator last told what remains.</summary>
    public long AnsweredThen { get; set; }

    /// <summary>Calls answered as the last report told.</summary>
    public long AnsweredTold { get; set; }

    /// <summary>Calls answered of the quota in this process before this period.</summary>
    public long AnsweredBefore { get; set; }

    /// <summary>Calls that all pods together have left, as far as is known here.</summary>
    public long Remaining => IsExhausted && Unspent <= 0 ? 0 : Math.Clamp(RemainingThen - Math.Max(0, Answered - AnsweredThen), Math.Max(0, Unspent), Math.Max(Limit, Math.Max(0, Unspent)));

    /// <summary>Whether the operator has said that nothing more will come in this period.</summary>
    public bool IsExhausted
    {
        get => _isExhausted;
        set => _isExhausted = value;
    }

    /// <summary>The report that first told of the last return, or of the end; <see cref="long.MaxValue"/> when none has yet, 0 when there is nothing to tell.</summary>
    public long ChangeToldIn { get; set; }

    /// <summary>The report that first said since the last grant that more is wanted; <see cref="long.MaxValue"/> for none.</summary>
    public long WantToldIn { get; set; } = long.MaxValue;

    /// <summary>The report that first told that calls wait; <see cref="long.MaxValue"/> while none has.</summary>
    public long AwaitToldIn { get; set; } = long.MaxValue;

    /// <summary>Whether so little is left that more should come. Not after everything was asked back, until a call comes.</summary>
    public bool IsShort => Volatile.Read(ref _unspent) is var seen && seen != Closed && (seen < 0 || (seen <= Volatile.Read(ref _wantsAt) && !_isContent));

    /// <summary>Takes a call. Allocates nothing, waits for nobody.</summary>
    /// <param name="now">The timestamp of the call.</param>
    /// <param name="isLow">Whether it is time to ask for more, when a call was taken.</param>
    /// <returns>False when none is left, or the period has ended.</returns>
    public bool TryTake(long now, out bool isLow)
    {
        isLow = false;
        if (now >= EndsAt)
        {
            return false;
        }

        long seen = Volatile.Read(ref _unspent);
        while (seen > 0)
        {
            long found = Interlocked.CompareExchange(ref _unspent, seen - 1, seen);
            if (found == seen)
            {
                isLow = seen - 1 <= Volatile.Read(ref _wantsAt);
                return true;
            }

            seen = found;
        }

        _isContent = false;
        return false;
    }

    /// <summary>Takes a call that was not granted (<see cref="ExhaustedGrant.Allow"/>).</summary>
    /// <returns>False when it is closed.</returns>
    public bool TryOverdraw() => TryAdd(-1);

    /// <summary>Gives back a call that was not answered after all. One that was taken from what is closed by now counts as answered.</summary>
    public void GiveBack() => TryAdd(1);

    /// <summary>Enters a grant.</summary>
    /// <param name="granted">All grants together; fewer than are known already change nothing.</param>
    /// <returns>Whether there is more now.</returns>
    public bool Grant(long granted)
    {
        long block = granted - Granted;
        if (block <= 0 || IsClosed)
        {
            return false;
        }

        Granted = granted;
        Interlocked.Add(ref _unspent, block);
        Settle(block);
        return true;
    }

    /// <summary>Gives back what is left beyond <paramref name="keep"/>.</summary>
    public void Keep(long keep)
    {
        long seen = Volatile.Read(ref _unspent);
        while (seen > keep)
        {
            long found = Interlocked.CompareExchange(ref _unspent, keep, seen);
            if (found == seen)
            {
                Returned += seen - keep;
                ChangeToldIn = long.MaxValue;
                Settle(keep);
                _isContent = keep == 0;
                return;
            }

            seen = found;
        }
    }

    /// <summary>Goes on where the books of the same quota and period were closed before.</summary>
    public void Continue(Allotment closed)
    {
        AnsweredBefore -= closed.Answered;
        Granted += closed.Granted;
        Returned += closed.Returned;
        Interlocked.Add(ref _unspent, closed.Unspent);
    }

    /// <summary>Closes it: what is left is given back.</summary>
    public void Close()
    {
        if (IsClosed)
        {
            return;
        }

        // Whoever sees it closed must find the number that stays; nothing but calls changes it in between, and they make it smaller or give back.
        long seen = Volatile.Read(ref _unspent);
        while (true)
        {
            Volatile.Write(ref _closedUnspent, Math.Min(0, seen));
            long found = Interlocked.CompareExchange(ref _unspent, Closed, seen);
            if (found == seen)
            {
                break;
            }

            seen = found;
        }

        Returned += Math.Max(0, seen);
        ChangeToldIn = long.MaxValue;
    }

    private void Settle(long block)
    {
        Volatile.Write(ref _wantsAt, block / 100 * WantsAtPercent + (block % 100 * WantsAtPercent / 100));
        _isContent = false;
        WantToldIn = long.MaxValue;
        AwaitToldIn = long.MaxValue;
    }

    private bool TryAdd(long calls)
    {
        long seen = Volatile.Read(ref _unspent);
        while (seen != Closed)
        {
            long found = Interlocked.CompareExchange(ref _unspent, seen + calls, seen);
            if (found == seen)
            {
                return true;
            }

            seen = found;
        }

        return false;
    }
}
