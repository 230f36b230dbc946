using MockOperator.Resources;

namespace MockOperator.Runtime.Quotas;

/// <summary>
/// Counts the calls of one mock against its quotas. A call takes one of what each quota has granted to this process, by interlocked operations and without waiting; only when nothing is left it
/// waits for a grant, a second at most. The operator comes with what it grants and is answered when it should hear something (<see cref="QuotaExchange"/>).
/// </summary>
/// <param name="instance">Names the process: what was granted to another is not for this one.</param>
/// <param name="time">The clock.</param>
internal sealed class CallMeter(string instance, TimeProvider time)
{
    /// <summary>Calls that wait for a grant at one time.</summary>
    public const int MostWaiting = 1_000;

    /// <summary>How long a call waits for a grant.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    /// <summary>For how long an operator that was heard counts as there.</summary>
    public static readonly TimeSpan Presence = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly QuotaBooks _books = new(instance, time);
    private TaskCompletionSource _news = NewSignal();
    private TaskCompletionSource _grants = NewSignal();
    private readonly TaskCompletionSource _farewell = NewSignal();
    private long _denied;
    private long _exchanges;
    private long _heardAt = long.MinValue;
    private int _open;
    private int _waiting;

    /// <summary>Names the process.</summary>
    public string Instance => instance;

    /// <summary>What is held of each quota.</summary>
    public IReadOnlyList<Allotment> Allotments => _books.Current;

    /// <summary>Whether any quota counts the calls.</summary>
    public bool IsNeeded => _books.Current.Length > 0;

    /// <summary>Calls that wait for a grant.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Whether the operator is there: it waits for an answer, or did a moment ago.</summary>
    public bool HearsOperator =>
        Volatile.Read(ref _open) > 0 || (Volatile.Read(ref _heardAt) is var at && at != long.MinValue && time.GetElapsedTime(at) < Presence);

    /// <summary>Done when the operator has been sent the final report, or never asked for any.</summary>
    public Task Farewell => Volatile.Read(ref _exchanges) == 0 ? Task.CompletedTask : _farewell.Task;

    /// <summary>Takes over the quotas of a definition.</summary>
    public void Follow(IReadOnlyList<QuotaReference> quotas)
    {
        lock (_gate)
        {
            _books.Follow(quotas);
        }

        Signal(ref _grants);
        Signal(ref _news);
    }

    /// <summary>Takes a call of every quota. Allocates nothing.</summary>
    /// <param name="now">The timestamp of the call.</param>
    /// <returns>What it was taken from; null when a quota has none left, and then none was taken.</returns>
    public Allotment[]? TryTake(long now)
    {
        Allotment[] current = _books.Current;
        for (int place = 0; place < current.Length; place++)
        {
            if (!current[place].TryTake(now, out bool isLow))
            {
                GiveBack(current.AsSpan(0, place));
                return null;
            }

            if (isLow && current[place].WantToldIn == long.MaxValue)
            {
                Volatile.Read(ref _news).TrySetResult();
            }
        }

        return current;
    }

    /// <summary>Waits for what <see cref="TryTake"/> did not find.</summary>
    /// <param name="aborted">Fires when the caller leaves.</param>
    /// <returns>What was taken, or why the call is refused.</returns>
    /// <exception cref="OperationCanceledException">The caller has left.</exception>
    public async ValueTask<(Allotment[]? Taken, CallRefusal? Refused)> TakeAsync(CancellationToken aborted)
    {
        Interlocked.Increment(ref _denied);
        long begun = time.GetTimestamp();
        bool mayWait = Interlocked.Increment(ref _waiting) <= MostWaiting;
        try
        {
            while (true)
            {
                Task grants = Volatile.Read(ref _grants).Task;
                RollEnded();
                TimeSpan left = Patience - time.GetElapsedTime(begun);
                bool isPatient = mayWait && left > TimeSpan.Zero && HearsOperator && !_books.IsFinal;
                (Allotment[]? taken, CallRefusal? refused) = Decide(isPatient);
                if (taken is not null || refused is not null)
                {
                    if (taken is not null)
                    {
                        // It counts among the answered ones.
                        Interlocked.Decrement(ref _denied);
                    }

                    return (taken, refused);
                }

                if (isPatient)
                {
                    Volatile.Read(ref _news).TrySetResult();
                    await grants.WaitAsync(left, time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                    aborted.ThrowIfCancellationRequested();
                }
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    /// <summary>Gives back a call that was not answered after all.</summary>
    /// <param name="taken">What it was taken from.</param>
    public static void GiveBack(ReadOnlySpan<Allotment> taken)
    {
        foreach (Allotment allotment in taken)
        {
            allotment.GiveBack();
        }
    }

    /// <summary>Takes in what the operator says, and answers when it should hear something, or when its time is up, or when it comes anew.</summary>
    /// <exception cref="OperationCanceledException">The operator has left.</exception>
    public async Task<QuotaReport> ExchangeAsync(QuotaInstructions said, CancellationToken aborted)
    {
        long number;
        long heard;
        lock (_gate)
        {
            number = ++_exchanges;
            heard = _books.Apply(said);
        }

        Interlocked.Increment(ref _open);
        Signal(ref _grants);
        Signal(ref _news);
        try
        {
            return await AnswerAsync(number, heard, TimeSpan.FromSeconds(said.WaitSeconds), aborted);
        }
        finally
        {
            Volatile.Write(ref _heardAt, time.GetTimestamp());
            Interlocked.Decrement(ref _open);
        }
    }

    /// <summary>Notes that a report is on the wire.</summary>
    public void Sent(QuotaReport report)
    {
        if (report.IsFinal)
        {
            _farewell.TrySetResult();
        }
    }

    /// <summary>Gives back everything, once the last call was answered.</summary>
    public void End()
    {
        lock (_gate)
        {
            _books.End();
        }

        Signal(ref _grants);
        Signal(ref _news);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static void Signal(ref TaskCompletionSource signal) => Interlocked.Exchange(ref signal, NewSignal()).TrySetResult();

    private async Task<QuotaReport> AnswerAsync(long number, long heard, TimeSpan patience, CancellationToken aborted)
    {
        long begun = time.GetTimestamp();
        while (true)
        {
            aborted.ThrowIfCancellationRequested();
            TaskCompletionSource signal = Volatile.Read(ref _news);
            if (signal.Task.IsCompleted)
            {
                // Calls only complete it; whoever waits puts a new one in its place.
                TaskCompletionSource next = NewSignal();
                signal = Interlocked.CompareExchange(ref _news, next, signal) == signal ? next : Volatile.Read(ref _news);
            }

            TimeSpan left = patience - time.GetElapsedTime(begun);
            lock (_gate)
            {
                bool isAwaited = Volatile.Read(ref _waiting) > 0;
                _books.RollEnded();
                if (left <= TimeSpan.Zero || number != _exchanges || _books.IsFinal || _books.HasNews(heard, isAwaited))
                {
                    return _books.Report(heard, Volatile.Read(ref _denied), isAwaited);
                }

                long end = _books.NextEnd();
                if (end != long.MaxValue && time.GetElapsedTime(time.GetTimestamp(), end) is var untilEnd && untilEnd < left)
                {
                    left = untilEnd;
                }
            }

            await signal.Task.WaitAsync(left < TimeSpan.FromMilliseconds(1) ? TimeSpan.FromMilliseconds(1) : left, time, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void RollEnded()
    {
        bool hasEnded;
        lock (_gate)
        {
            hasEnded = _books.RollEnded();
        }

        if (hasEnded)
        {
            Signal(ref _news);
        }
    }

    /// <summary>Takes a call of every quota, or says why there is none.</summary>
    /// <param name="isPatient">Whether the call can still wait.</param>
    /// <returns>Neither when it should wait, or look again.</returns>
    private (Allotment[]? Taken, CallRefusal? Refused) Decide(bool isPatient)
    {
        long now = time.GetTimestamp();
        Allotment[] current = _books.Current;
        for (int place = 0; place < current.Length; place++)
        {
            if (current[place].TryTake(now, out _))
            {
                continue;
            }

            CallRefusal? refused = null;
            bool isOverdrawn = false;
            if (Array.Find(current, static allotment => allotment.IsExhausted && allotment.Unspent <= 0) is { } exhausted)
            {
                refused = UsedUp(exhausted, now);
            }
            else if (!isPatient && (current[place].Quota.OnExhaustedGrant != ExhaustedGrant.Allow || _books.IsFinal))
            {
                refused = new CallRefusal(LimitReason.NoGrant, "The calls of this mock are counted, and the operator that grants them does not answer. Try again in a moment.", 1);
            }
            else
            {
                isOverdrawn = !isPatient && current[place].TryOverdraw();
            }

            if (!isOverdrawn)
            {
                GiveBack(current.AsSpan(0, place));
                return (null, refused);
            }
        }

        return (current, null);
    }

    private CallRefusal UsedUp(Allotment exhausted, long now)
    {
        TimeSpan left = exhausted.EndsAt == long.MaxValue || exhausted.EndsAt <= now ? TimeSpan.Zero : time.GetElapsedTime(now, exhausted.EndsAt);
        string reset = (time.GetUtcNow() + left).ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        return new CallRefusal(
            LimitReason.Quota,
            $"Usage limit reached. The quota {exhausted.Quota.Name} allows {exhausted.Limit} calls a {PeriodName.Kind(exhausted.Period)}; it is reset at {reset}.",
            Math.Max(1, (long)Math.Ceiling(left.TotalSeconds)));
    }
}
