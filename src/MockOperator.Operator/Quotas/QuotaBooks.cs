using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// The books of one quota while they are kept: what is written, what came in since, and what each process is to be told. A grant is told only after the books that hold it were written; what
/// processes tell is taken in at once and written along. Not thread-safe; no clock, no I/O.
/// </summary>
/// <param name="uid">UID of the quota.</param>
public sealed class QuotaBooks(string uid)
{
    private const int MostUnwritten = 2 * QuotaLedgerState.MaxHolders;

    private readonly Dictionary<(string Mock, string Instance), QuotaDemand> _demands = [];
    private readonly Dictionary<(string Mock, string Instance), long> _recalls = [];
    private readonly HashSet<(string Mock, string Instance)> _exhausted = [];
    // What came in since the books were last written: entered again into books that are read or drafted without it.
    private readonly List<Func<QuotaLedger, bool>> _unwritten = [];
    private int _inDraft;
    private readonly Dictionary<(string Mock, string Instance), long> _heard = [];
    private readonly HashSet<(string Mock, string Instance)> _ended = [];
    private readonly Queue<(string Mock, string Instance)> _endedInOrder = new();

    /// <summary>What is written, and what came in since.</summary>
    public QuotaLedger Ledger { get; private set; } = new();

    /// <summary>Whether something came in that is not written yet.</summary>
    public bool IsUnwritten { get; private set; }

    /// <summary>Whether a process has no calls left, wants some, and was neither granted any nor told that nothing is left: others hold what there is.</summary>
    public bool IsScarce => _demands.Values.Any(demand => demand.IsWanting && !_exhausted.Contains((demand.Mock, demand.Instance)) && (Ledger.Find(demand.Mock, demand.Instance)?.Unspent ?? 0) <= 0);

    /// <summary>The processes that have spoken.</summary>
    public int Processes => _demands.Count;

    /// <summary>Takes over what is written, if it is as new as what is known: somebody else keeps the books now, or did until a moment ago.</summary>
    /// <param name="status">The status as it was read.</param>
    /// <returns>False when it is older than what is known: somebody has edited it by hand, and it is to be written again.</returns>
    public bool Adopt(MockQuotaStatus? status)
    {
        _inDraft = 0;
        var read = QuotaLedger.Read(status);
        if (Ledger.Window is not null && read.Serial <= Ledger.Serial)
        {
            IsUnwritten = true;
            return false;
        }

        Enter(read, _unwritten);
        return true;
    }

    /// <summary>Takes in what a process tells.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <param name="pod">UID of the pod.</param>
    /// <param name="report">The report.</param>
    public void Take(string mock, string pod, QuotaReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        if (_ended.Contains((mock, report.Instance)) || _heard.GetValueOrDefault((mock, report.Instance)) > report.Sequence)
        {
            return;
        }

        Change(ledger => ledger.Take(mock, pod, report, uid));
        foreach (QuotaDemand replaced in _demands.Values.Where(demand => demand.Pod == pod && demand.Mock == mock && demand.Instance != report.Instance).ToList())
        {
            End(replaced);
        }

        _recalls.Remove((mock, report.Instance));
        var spoken = new QuotaDemand(mock, pod, report.Instance, Rate: 0, IsWanting: false, CanBeRecalled: true);
        if (report.IsFinal)
        {
            End(spoken);
            return;
        }

        _heard[(mock, report.Instance)] = report.Sequence;
        QuotaMeterReport? meter = report.Meters?.LastOrDefault(meter => meter.Quota == uid && !meter.IsClosed);
        _demands[(mock, report.Instance)] = spoken with { Rate = meter is null ? 0 : meter.IsAwaited ? Math.Max(meter.Rate, QuotaPlan.IdleRate) : meter.Rate, IsWanting = meter?.IsWanting ?? false };
    }

    /// <summary>Notes that a pod does not answer: what it holds cannot be asked back.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <param name="pod">UID of the pod.</param>
    public void Miss(string mock, string pod)
    {
        foreach (((string Mock, string Instance) key, QuotaDemand demand) in _demands.Where(demand => demand.Value.Mock == mock && demand.Value.Pod == pod).ToList())
        {
            _demands[key] = demand with { CanBeRecalled = false, IsWanting = false };
        }
    }

    /// <summary>Closes the accounts of pods that are gone.</summary>
    /// <param name="isThere">Whether a pod is still there, by its UID.</param>
    public void EndGone(Func<string, bool> isThere)
    {
        HashSet<string> gone = [.. Ledger.Holders.Select(static holder => holder.Pod).Concat(_demands.Values.Select(static demand => demand.Pod)).Where(pod => !isThere(pod))];
        if (gone.Count == 0)
        {
            return;
        }

        Change(ledger => ledger.EndGone(holder => gone.Contains(holder.Pod)));
        foreach (QuotaDemand demand in _demands.Values.Where(demand => gone.Contains(demand.Pod)).ToList())
        {
            End(demand);
        }
    }

    /// <summary>Makes the books as they should be written now.</summary>
    /// <param name="window">The period that the calendar says it is.</param>
    /// <param name="limit">The limit, as the spec has it.</param>
    /// <returns>The books to be written, or null when nothing in them differs in a way that cannot wait; what needs no write is told to the processes already.</returns>
    public QuotaDraft? Draft(QuotaWindow window, long limit)
    {
        QuotaLedger next = Ledger.Copy();
        bool isNew = next.Begin(window) || next.Limit != limit;
        next.Limit = limit;
        var plan = QuotaPlan.Of(next, _demands.Values);
        if (!isNew && plan.Grants.Count == 0)
        {
            Tell(plan);
            return null;
        }

        return Begin(next, plan);
    }

    /// <summary>Makes the books as they stand, to write what came in.</summary>
    /// <returns>The books to be written.</returns>
    public QuotaDraft DraftAsItStands() => Begin(Ledger.Copy(), null);

    /// <summary>Notes that a draft was written: from now on its grants are told.</summary>
    /// <param name="draft">The draft.</param>
    public void Written(QuotaDraft draft)
    {
        ArgumentNullException.ThrowIfNull(draft);
        _unwritten.RemoveRange(0, _inDraft);
        _inDraft = 0;
        Enter(draft.Ledger, _unwritten);
        if (draft.Plan is { } plan)
        {
            Tell(plan);
        }
    }

    /// <summary>Notes that a draft is not written, or that nobody knows: then <see cref="Adopt"/> tells.</summary>
    public void Abandon() => _inDraft = 0;

    /// <summary>What a process is to be told.</summary>
    /// <param name="mock">Name of the mock.</param>
    /// <param name="instance">The process; null while it is not known.</param>
    /// <param name="now">The time.</param>
    /// <returns>The instruction, or null before the books were written once.</returns>
    public QuotaInstruction? InstructionFor(string mock, string? instance, DateTimeOffset now)
    {
        if (Ledger.Window is not { } window || Ledger.Serial == 0)
        {
            return null;
        }

        (string, string) key = (mock, instance ?? "");
        return new QuotaInstruction
        {
            Quota = uid,
            Period = window.Name,
            EndsInMilliseconds = Math.Max(0, (long)(window.End - now).TotalMilliseconds),
            Limit = Ledger.Limit,
            Remaining = Math.Max(0, Ledger.Ungranted + Ledger.Held),
            Granted = instance is null ? 0 : Ledger.Find(mock, instance)?.Granted ?? 0,
            IsExhausted = _exhausted.Contains(key),
            Keep = _recalls.TryGetValue(key, out long keep) ? keep : null,
        };
    }

    private QuotaDraft Begin(QuotaLedger next, QuotaPlan? plan)
    {
        _inDraft = _unwritten.Count;
        next.CountWrite();
        return new QuotaDraft(next, plan);
    }

    private void Enter(QuotaLedger ledger, IEnumerable<Func<QuotaLedger, bool>> changes)
    {
        Ledger = ledger;
        IsUnwritten = false;
        foreach (Func<QuotaLedger, bool> change in changes)
        {
            IsUnwritten |= change(ledger);
        }
    }

    private void Change(Func<QuotaLedger, bool> change)
    {
        if (!change(Ledger))
        {
            return;
        }

        IsUnwritten = true;
        if (_unwritten.Count == MostUnwritten)
        {
            // Nothing could be written for long. Should another have written meanwhile, what is forgotten here counts as answered.
            _unwritten.RemoveAt(0);
            _inDraft = Math.Max(0, _inDraft - 1);
        }

        _unwritten.Add(change);
    }

    private void Tell(QuotaPlan plan)
    {
        _recalls.Clear();
        _exhausted.Clear();
        foreach ((QuotaDemand demand, long keep) in plan.Recalls)
        {
            _recalls[(demand.Mock, demand.Instance)] = keep;
        }

        foreach (QuotaDemand demand in plan.Exhausted)
        {
            _exhausted.Add((demand.Mock, demand.Instance));
        }

        // Who was granted something is asked whether it wants more.
        foreach (QuotaDemand demand in plan.Grants.Keys)
        {
            (string, string) key = (demand.Mock, demand.Instance);
            if (_demands.TryGetValue(key, out QuotaDemand known) && known == demand)
            {
                _demands[key] = demand with { IsWanting = false };
            }
        }
    }

    // What it says late, on a way that took longer, is known already.
    private void End(QuotaDemand process)
    {
        _demands.Remove((process.Mock, process.Instance));
        _recalls.Remove((process.Mock, process.Instance));
        _exhausted.Remove((process.Mock, process.Instance));
        _heard.Remove((process.Mock, process.Instance));
        if (_ended.Add((process.Mock, process.Instance)))
        {
            _endedInOrder.Enqueue((process.Mock, process.Instance));
            if (_endedInOrder.Count > MostUnwritten)
            {
                _ended.Remove(_endedInOrder.Dequeue());
            }
        }
    }
}
