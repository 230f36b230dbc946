using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// The books of one quota. What a process may have answered is what it was granted and did not give back; the sum of that over all processes, those that ended included,
/// never exceeds the limit. Knows no clock and does no I/O: whoever keeps it writes it (compare and swap) before a process hears of a grant.
/// </summary>
/// <remarks>All numbers that pods tell are sums over a period with a rising number of the report, so a report that is late, lost or told twice changes nothing.</remarks>
public sealed class QuotaLedger
{
    private readonly Dictionary<HolderKey, QuotaHolder> _holders = [];
    private readonly Dictionary<string, long> _ended = new(StringComparer.Ordinal);
    private readonly List<PeriodUsage> _history = [];
    private long _endedOthers;
    private bool _beganEmpty;

    /// <summary>Counts the writes.</summary>
    public long Serial { get; private set; }

    /// <summary>The period that is counted; null before the first.</summary>
    public QuotaWindow? Window { get; private set; }

    /// <summary>Calls that may be answered in the period.</summary>
    public long Limit { get; set; }

    /// <summary>Calls of processes that ended without telling.</summary>
    public long Lost { get; private set; }

    /// <summary>Calls that were answered in the period, as far as is known.</summary>
    public long Used => Current.Sum(Answered) + _ended.Values.Sum() + _endedOthers;

    /// <summary>Calls that processes hold and have not answered yet.</summary>
    public long Held => Current.Sum(static holder => Math.Max(0, holder.Unspent));

    /// <summary>Calls that are neither answered nor lost nor held; negative after the limit was lowered, or where pods answered without grants.</summary>
    public long Ungranted => Limit - Used - Held - Lost;

    /// <summary>Whether no further process can hold grants.</summary>
    public bool IsFull => _holders.Count >= QuotaLedgerState.MaxHolders;

    /// <summary>The processes that hold grants of this period, or held some of an earlier and have not told its end.</summary>
    public IReadOnlyCollection<QuotaHolder> Holders => _holders.Values;

    /// <summary>The periods before, the last first.</summary>
    public IReadOnlyList<PeriodUsage> History => _history;

    private IEnumerable<QuotaHolder> Current => _holders.Values.Where(holder => holder.Period == Window?.Name);

    /// <summary>Reads what was written.</summary>
    /// <param name="status">The status of the quota; null or empty for none. Numbers that cannot be are taken for the nearest that can.</param>
    public static QuotaLedger Read(MockQuotaStatus? status)
    {
        var ledger = new QuotaLedger();
        if (status is not { Period: { Length: > 0 } period, StartedAt: { } start, ResetsAt: { } end, Ledger: { } state })
        {
            ledger._beganEmpty = true;
            return ledger;
        }

        ledger.Serial = state.Serial;
        ledger.Window = new QuotaWindow(period, start, end);
        ledger.Limit = Math.Clamp(status.Limit ?? 0, 0, MockQuotaSpec.MaxCalls);
        ledger.Lost = Math.Clamp(status.Lost ?? 0, 0, MockQuotaSpec.MaxCalls);
        ledger._history.AddRange((status.History ?? []).Where(static past => past is not null).Take(MockQuotaStatus.MaxHistory));
        foreach (QuotaHolder holder in (state.Holders ?? []).Where(static holder => holder is not null).Take(QuotaLedgerState.MaxHolders))
        {
            long granted = Math.Clamp(holder.Granted, 0, MockQuotaSpec.MaxCalls);
            long returned = Math.Clamp(holder.Returned, 0, granted);
            long unspent = Math.Clamp(holder.Unspent, -MockQuotaSpec.MaxCalls, granted - returned);
            ledger._holders[HolderKey.Of(holder)] = holder with { Granted = granted, Returned = returned, Unspent = unspent };
        }

        // The usage of a mock is that of its processes and of those that have ended.
        foreach (MockUsage mock in (status.Mocks ?? []).Where(static mock => mock is not null).Take(MockQuotaStatus.MaxMocks))
        {
            long ended = mock.Calls - ledger.Current.Where(holder => holder.Mock == mock.Name).Sum(Answered);
            if (ended > 0)
            {
                ledger._ended[mock.Name] = Math.Min(ended, MockQuotaSpec.MaxCalls);
            }
        }

        long others = (status.Used ?? 0) - ledger.Used;
        ledger._endedOthers = Math.Clamp(others, 0, MockQuotaSpec.MaxCalls);
        return ledger;
    }

    /// <summary>A copy that changes by itself.</summary>
    public QuotaLedger Copy()
    {
        var copy = new QuotaLedger { Serial = Serial, Window = Window, Limit = Limit, Lost = Lost, _endedOthers = _endedOthers, _beganEmpty = _beganEmpty };
        foreach ((HolderKey key, QuotaHolder holder) in _holders)
        {
            copy._holders[key] = holder;
        }

        foreach ((string mock, long calls) in _ended)
        {
            copy._ended[mock] = calls;
        }

        copy._history.AddRange(_history);
        return copy;
    }

    /// <summary>Begins a period, if it is another than the one that is counted and not an earlier one.</summary>
    /// <param name="window">The period that the calendar says it is.</param>
    /// <returns>Whether a period began.</returns>
    public bool Begin(QuotaWindow window)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (Window is { } before)
        {
            if (!before.IsFollowedBy(window))
            {
                // A time zone that was edited moves the ends of a period.
                bool moved = window.Name == before.Name && window != before;
                Window = window.Name == before.Name ? window : before;
                return moved;
            }

            _history.Insert(0, new PeriodUsage { Period = before.Name, Used = Used, Lost = Lost == 0 ? null : Lost, Limit = Limit });
            _history.RemoveRange(Math.Min(_history.Count, MockQuotaStatus.MaxHistory), Math.Max(0, _history.Count - MockQuotaStatus.MaxHistory));
            _ended.Clear();
            _endedOthers = 0;
            Lost = 0;
        }

        Window = window;
        return true;
    }

    /// <summary>Notes that the books are about to be written.</summary>
    public void CountWrite() => Serial++;

    /// <summary>Calls of each mock in the period.</summary>
    public IEnumerable<MockUsage> Usage() => Current
        .Select(static holder => (holder.Mock, Calls: Answered(holder)))
        .Concat(_ended.Select(static ended => (Mock: ended.Key, Calls: ended.Value)))
        .GroupBy(static part => part.Mock, static part => part.Calls, StringComparer.Ordinal)
        .Select(static mock => new MockUsage { Name = mock.Key, Calls = mock.Sum() })
        .OrderByDescending(static mock => mock.Calls)
        .ThenBy(static mock => mock.Name, StringComparer.Ordinal);

    /// <summary>What a process holds in this period; null for nothing.</summary>
    public QuotaHolder? Find(string mock, string instance) => Window is { } window ? _holders.GetValueOrDefault(new HolderKey(mock, instance, window.Name)) : null;

    /// <summary>Takes in what a process tells.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <param name="pod">UID of the pod.</param>
    /// <param name="report">The report.</param>
    /// <param name="quota">UID of this quota.</param>
    /// <returns>Whether the books have changed.</returns>
    public bool Take(string mock, string pod, QuotaReport report, string quota)
    {
        ArgumentNullException.ThrowIfNull(report);
        // A container that was started again is another process; the one before tells nothing more.
        bool changed = End(holder => holder.Pod == pod && holder.Mock == mock && holder.Instance != report.Instance, hasTold: false);
        foreach (QuotaMeterReport meter in report.Meters ?? [])
        {
            if (meter.Quota == quota && meter.Period.Length > 0)
            {
                changed |= Take(mock, pod, report, meter);
            }
        }

        return report.IsFinal ? End(holder => holder.Mock == mock && holder.Instance == report.Instance, hasTold: true) || changed : changed;
    }

    /// <summary>Grants calls to a process. The books must be written before it hears of them.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <param name="pod">UID of the pod.</param>
    /// <param name="instance">The process.</param>
    /// <param name="calls">How many, 1 at least and <see cref="Ungranted"/> at most.</param>
    /// <returns>Whether they were granted.</returns>
    public bool Grant(string mock, string pod, string instance, long calls)
    {
        if (Window is not { } window || calls < 1 || calls > Ungranted)
        {
            return false;
        }

        var key = new HolderKey(mock, instance, window.Name);
        if (!_holders.TryGetValue(key, out QuotaHolder? holder))
        {
            if (IsFull)
            {
                return false;
            }

            holder = new QuotaHolder { Mock = mock, Pod = pod, Instance = instance, Period = window.Name };
        }

        _holders[key] = holder with { Granted = holder.Granted + calls, Unspent = holder.Unspent + calls };
        return true;
    }

    /// <summary>Closes the accounts of processes that are gone. What they held and did not tell of counts as answered: it may have been.</summary>
    /// <param name="isGone">Says of a holder whether its process is gone.</param>
    /// <returns>Whether the books have changed.</returns>
    public bool EndGone(Func<QuotaHolder, bool> isGone) => End(isGone, hasTold: false);

    private static long Answered(QuotaHolder holder) => holder.Granted - holder.Returned - holder.Unspent;

    private bool Take(string mock, string pod, QuotaReport report, QuotaMeterReport meter)
    {
        var key = new HolderKey(mock, report.Instance, meter.Period);
        if (!_holders.TryGetValue(key, out QuotaHolder? holder))
        {
            // The books know every grant, unless somebody has cleared them. Then what the process knows of itself is taken.
            if (!_beganEmpty || report.IsFinal || meter.Period != Window?.Name || meter.Granted <= 0 || IsFull)
            {
                return false;
            }

            holder = new QuotaHolder { Mock = mock, Pod = pod, Instance = report.Instance, Period = meter.Period };
        }
        else if (report.Sequence <= holder.Sequence)
        {
            return false;
        }

        long granted = Math.Clamp(Math.Max(holder.Granted, meter.Granted), 0, MockQuotaSpec.MaxCalls);
        long underWay = granted - Math.Clamp(meter.Granted, 0, granted);
        long returned = Math.Clamp(meter.Returned, holder.Returned, granted);
        QuotaHolder told = holder with
        {
            Sequence = report.Sequence,
            Granted = granted,
            Returned = returned,
            Unspent = Math.Clamp(meter.Unspent + underWay, -MockQuotaSpec.MaxCalls, granted - returned),
        };
        if (meter.Period != Window?.Name)
        {
            AddToHistory(meter.Period, Answered(told) - Answered(holder), lost: 0);
            if (meter.IsClosed)
            {
                return _holders.Remove(key);
            }
        }

        _holders[key] = told;
        return told with { Sequence = holder.Sequence } != holder;
    }

    private bool End(Func<QuotaHolder, bool> which, bool hasTold)
    {
        bool changed = false;
        foreach (QuotaHolder holder in _holders.Values.Where(which).ToList())
        {
            changed = true;
            _holders.Remove(HolderKey.Of(holder));
            long lost = hasTold ? 0 : Math.Max(0, holder.Unspent);
            if (holder.Period != Window?.Name)
            {
                AddToHistory(holder.Period, 0, lost);
                continue;
            }

            Lost += lost;
            if (_ended.ContainsKey(holder.Mock) || _ended.Count < MockQuotaStatus.MaxMocks)
            {
                _ended[holder.Mock] = _ended.GetValueOrDefault(holder.Mock) + Answered(holder);
            }
            else
            {
                _endedOthers += Answered(holder);
            }
        }

        return changed;
    }

    private void AddToHistory(string period, long used, long lost)
    {
        int index = _history.FindIndex(past => past.Period == period);
        if (index >= 0 && (used != 0 || lost != 0))
        {
            PeriodUsage past = _history[index];
            _history[index] = past with { Used = past.Used + used, Lost = (past.Lost ?? 0) + lost is var sum && sum > 0 ? sum : null };
        }
    }

    private readonly record struct HolderKey(string Mock, string Instance, string Period)
    {
        public static HolderKey Of(QuotaHolder holder) => new(holder.Mock, holder.Instance, holder.Period);
    }
}
