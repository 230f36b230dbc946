using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// The books of a mock's quotas in this process: what the operator says goes in, what it must hear comes out. Calls read <see cref="Current"/> and take from it without a lock; everything here is
/// done under the lock of <see cref="CallMeter"/>. An instruction that is late or comes twice changes nothing, since all numbers are sums over a period.
/// </summary>
internal sealed class QuotaBooks(string instance, TimeProvider time)
{
    private readonly ClosedAllotments _closed = new();
    private readonly CallRate _rate = new(time);
    private Allotment[] _current = [];
    private QuotaReport? _last;
    private long _sequence;
    private volatile bool _isFinal;

    /// <summary>One allotment for each quota. The array is replaced, never changed, so who took from it gives back to the same.</summary>
    public Allotment[] Current => Volatile.Read(ref _current);

    /// <summary>Whether this process answers no more calls.</summary>
    public bool IsFinal => _isFinal;

    /// <summary>Takes over the quotas of a definition. Those that stay keep their books; those that are gone are closed.</summary>
    public void Follow(IReadOnlyList<QuotaReference> quotas)
    {
        Allotment[] before = _current;
        Allotment[] now = [.. quotas.Take(QuotaReference.MaxOfMock).DistinctBy(static quota => quota.Uid, StringComparer.Ordinal).Select(quota => Follow(before, quota))];
        foreach (Allotment gone in before.Except(now))
        {
            Close(gone);
        }

        Volatile.Write(ref _current, now);
        if (_isFinal)
        {
            End();
        }
    }

    /// <summary>Takes in what the operator says. Grants for another process are none for this one, and its word on what was heard neither.</summary>
    /// <returns>The last report of this process that the operator has heard; 0 for none.</returns>
    public long Apply(QuotaInstructions said)
    {
        RollEnded();
        if (said.Instance != instance || _isFinal)
        {
            return said.Instance == instance ? Math.Min(said.Heard, _sequence) : 0;
        }

        long heard = Math.Min(said.Heard, _sequence);
        if (heard >= _closed.Forgotten)
        {
            foreach (QuotaInstruction instruction in said.Quotas ?? [])
            {
                int place = Array.FindIndex(_current, allotment => allotment.Quota.Uid == instruction.Quota);
                if (place >= 0 && Open(place, instruction.Period, heard) is { } allotment)
                {
                    Apply(allotment, instruction, heard == _sequence);
                }
            }
        }

        RollEnded();
        return heard;
    }

    /// <summary>Closes what has ended; a new allotment without a period takes its place, which wants to be granted something at once.</summary>
    /// <returns>Whether anything had ended.</returns>
    public bool RollEnded()
    {
        long now = time.GetTimestamp();
        bool hasEnded = false;
        for (int place = 0; place < _current.Length; place++)
        {
            if (now >= _current[place].EndsAt)
            {
                Replace(place);
                hasEnded = true;
            }
        }

        return hasEnded;
    }

    /// <summary>The timestamp at which the next period ends.</summary>
    public long NextEnd() => _current.Length == 0 ? long.MaxValue : _current.Min(static allotment => allotment.EndsAt);

    /// <summary>Closes everything: no call will be answered any more.</summary>
    public void End()
    {
        _isFinal = true;
        foreach (Allotment allotment in _current)
        {
            allotment.Close();
        }
    }

    /// <summary>Whether the operator should hear something at once that no report has told which it has heard.</summary>
    /// <param name="heard">The last report that it has heard.</param>
    /// <param name="isAwaited">Whether calls wait for grants.</param>
    public bool HasNews(long heard, bool isAwaited) =>
        heard == 0
        || (_isFinal && (_last is not { IsFinal: true } || _sequence > heard))
        || _closed.Untold(heard).Any()
        || Array.Exists(_current, allotment => allotment.ChangeToldIn > heard || (Wants(allotment, isAwaited) && allotment.WantToldIn > heard) || (IsAwaited(allotment, isAwaited) && allotment.AwaitToldIn > heard));

    /// <summary>Makes the report.</summary>
    /// <param name="heard">The last report that the operator has heard: closed books that were in it are left out.</param>
    /// <param name="denied">Calls that ever found nothing left.</param>
    /// <param name="isAwaited">Whether calls wait for grants.</param>
    public QuotaReport Report(long heard, long denied, bool isAwaited)
    {
        Allotment[] closed = [.. _closed.Untold(heard)];
        double rate = _rate.Of((_current.Length == 0 ? 0 : _current.Max(static allotment => allotment.AnsweredBefore + allotment.Answered)) + denied);
        QuotaMeterReport[] meters =
        [
            .. _current.Select(allotment => Report(allotment, Wants(allotment, isAwaited), IsAwaited(allotment, isAwaited), rate)),
            .. closed.Select(static allotment => Report(allotment, isWanting: false, isAwaited: false, rate: 0)),
        ];
        if (_last is null || _last.IsFinal != _isFinal || !SayTheSame(_last.Meters!, meters))
        {
            _sequence++;
        }

        foreach ((Allotment allotment, QuotaMeterReport told) in _current.Concat(closed).Zip(meters))
        {
            allotment.ChangeToldIn = Math.Min(allotment.ChangeToldIn, _sequence);
            allotment.WantToldIn = told.IsWanting ? Math.Min(allotment.WantToldIn, _sequence) : long.MaxValue;
            allotment.AwaitToldIn = told.IsAwaited ? Math.Min(allotment.AwaitToldIn, _sequence) : long.MaxValue;
            allotment.AnsweredTold = told.Granted - told.Returned - told.Unspent;
        }

        return _last = new QuotaReport { Instance = instance, Sequence = _sequence, IsFinal = _isFinal, Meters = meters };
    }

    private static bool Wants(Allotment allotment, bool isAwaited) => !allotment.IsClosed && (allotment.IsShort || IsAwaited(allotment, isAwaited));

    private static bool IsAwaited(Allotment allotment, bool isAwaited) => isAwaited && !allotment.IsClosed && allotment.Unspent <= 0;

    private static QuotaMeterReport Report(Allotment allotment, bool isWanting, bool isAwaited, double rate) => new()
    {
        Quota = allotment.Quota.Uid,
        Period = allotment.Period,
        Granted = allotment.Granted,
        Returned = allotment.Returned,
        Unspent = allotment.Unspent,
        IsClosed = allotment.IsClosed,
        Rate = Math.Round(rate, 3),
        IsWanting = isWanting,
        IsAwaited = isAwaited,
    };

    private static bool SayTheSame(IReadOnlyList<QuotaMeterReport> before, QuotaMeterReport[] now) =>
        before.Count == now.Length && before.Zip(now).All(static pair => pair.First with { Rate = 0 } == pair.Second with { Rate = 0 });

    private static Allotment Follow(Allotment[] before, QuotaReference quota)
    {
        Allotment? kept = Array.Find(before, allotment => allotment.Quota.Uid == quota.Uid);
        if (kept is null)
        {
            return new Allotment(quota);
        }

        kept.Quota = quota;
        return kept;
    }

    /// <summary>The allotment for a period that the operator names.</summary>
    /// <returns>Null when the period is closed here and the operator has not heard of it: what it grants may be what was given back.</returns>
    private Allotment? Open(int place, string period, long heard)
    {
        if (_current[place].Period == period)
        {
            return _current[place];
        }

        Allotment? closed = _closed.Find(_current[place].Quota.Uid, period);
        if (closed?.ChangeToldIn > heard)
        {
            return null;
        }

        if (_current[place].Period.Length > 0)
        {
            Replace(place);
        }

        Allotment allotment = _current[place];
        allotment.Period = period;
        if (closed is not null)
        {
            _closed.Remove(closed);
            allotment.Continue(closed);
        }

        return allotment;
    }

    private void Apply(Allotment allotment, QuotaInstruction instruction, bool knowsLastReport)
    {
        allotment.EndsAt = time.GetTimestamp() + (long)(instruction.EndsInMilliseconds / 1000.0 * time.TimestampFrequency);
        allotment.Limit = instruction.Limit;
        allotment.RemainingThen = instruction.Remaining;
        allotment.AnsweredThen = knowsLastReport ? allotment.AnsweredTold : allotment.Answered;
        allotment.Grant(instruction.Granted);
        allotment.IsExhausted = instruction.IsExhausted;
        if (instruction.Keep is { } keep)
        {
            allotment.Keep(keep);
        }
    }

    private void Replace(int place)
    {
        Allotment ended = _current[place];
        Allotment[] now = [.. _current];
        Close(ended);
        now[place] = new Allotment(ended.Quota) { AnsweredBefore = ended.AnsweredBefore + ended.Answered };
        Volatile.Write(ref _current, now);
    }

    private void Close(Allotment allotment)
    {
        allotment.Close();
        _closed.Add(allotment);
    }
}
