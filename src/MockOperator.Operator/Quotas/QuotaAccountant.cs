using k8s.Models;
using MockOperator.Kinds;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Queueing;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// Keeps the books of one quota for as long as it exists: takes in what pods tell, grants by compare and swap on the quota's status, and says what each process may answer. One loop writes; everybody
/// else only leaves word.
/// </summary>
public sealed partial class QuotaAccountant : IAsyncDisposable
{
    /// <summary>How long usage may be known and not written, while nobody needs a grant.</summary>
    public static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(10);

    /// <summary>How often processes are looked for that are gone, beside when one is told of.</summary>
    public static readonly TimeSpan SweepEvery = TimeSpan.FromSeconds(30);

    // Several pods that want calls at one moment are granted them by one write.
    private static readonly TimeSpan s_batch = TimeSpan.FromMilliseconds(5);
    private static readonly Backoff s_afterFailures = new(TimeSpan.FromMilliseconds(200), TimeSpan.FromSeconds(15), Jitter: 0.5);

    private readonly Lock _gate = new();
    private readonly ResourceClient _client;
    private readonly ObjectKey _key;
    private readonly TimeProvider _time;
    private readonly Func<string, bool> _isPodThere;
    private readonly QuotaCounters _counters;
    private readonly ILogger _log;
    private readonly QuotaBooks _books;
    private readonly WriteAllowance _writes = new();
    private readonly SemaphoreSlim _woken = new(0, 1);
    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly HashSet<Action> _listeners = [];
    private readonly Task _running;
    private QuotaTerms _terms;
    private QuotaTerms? _told;
    private string? _version;
    private IReadOnlyList<Condition>? _conditions;
    private DateTimeOffset _written;

    /// <summary>Begins to keep the books.</summary>
    /// <param name="client">Reads and writes the quota.</param>
    /// <param name="quota">The quota.</param>
    /// <param name="terms">What its spec asks for.</param>
    /// <param name="isPodThere">Whether a pod of the namespace is still there, by its UID.</param>
    /// <param name="counters">Counts writes and grants.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Where trouble with the API server is told.</param>
    public QuotaAccountant(ResourceClient client, MockQuota quota, QuotaTerms terms, Func<string, bool> isPodThere, QuotaCounters counters, TimeProvider time, ILogger log)
    {
        ArgumentNullException.ThrowIfNull(quota);
        _client = client;
        _key = ObjectKey.Of(quota);
        Uid = quota.Metadata.Uid;
        _terms = terms;
        _isPodThere = isPodThere;
        _counters = counters;
        _time = time;
        _log = log;
        _books = new QuotaBooks(Uid);
        _running = Task.Run(RunAsync);
    }

    /// <summary>UID of the quota.</summary>
    public string Uid { get; }

    /// <summary>Whether the quota is gone, or the operator stops.</summary>
    public bool HasEnded => _ending.IsCancellationRequested;

    /// <summary>Takes over another spec, or another number of covered mocks.</summary>
    public void Follow(QuotaTerms terms)
    {
        lock (_gate)
        {
            _terms = terms;
        }

        Wake();
    }

    /// <summary>Waits until the books are open: before that, nothing can be told or taken in.</summary>
    public Task OpenAsync(CancellationToken cancellation) => _read.Task.WaitAsync(cancellation);

    /// <summary>What a process is to be told; null before the books were written once.</summary>
    public QuotaInstruction? InstructionFor(string mock, string? instance)
    {
        lock (_gate)
        {
            return _books.InstructionFor(mock, instance, _time.GetUtcNow());
        }
    }

    /// <summary>Whether what there is must be looked for among those that hold it.</summary>
    public bool IsScarce
    {
        get
        {
            lock (_gate)
            {
                return _books.IsScarce;
            }
        }
    }

    /// <summary>Takes in what a process tells.</summary>
    public void Take(string mock, string pod, QuotaReport report)
    {
        lock (_gate)
        {
            _books.Take(mock, pod, report);
        }

        Wake();
    }

    /// <summary>Notes that a pod does not answer.</summary>
    public void Miss(string mock, string pod)
    {
        lock (_gate)
        {
            _books.Miss(mock, pod);
        }

        Wake();
    }

    /// <summary>Has the pods looked for that are gone.</summary>
    public void Wake()
    {
        if (_woken.CurrentCount == 0)
        {
            try
            {
                _woken.Release();
            }
            catch (SemaphoreFullException)
            {
                // Somebody else has just woken it.
            }
        }
    }

    /// <summary>Has somebody called whenever what processes are to be told may have changed.</summary>
    /// <param name="listener">Returns at once and takes no lock that is held while the accountant is called.</param>
    /// <returns>Ends it when disposed of.</returns>
    public IDisposable Listen(Action listener)
    {
        lock (_gate)
        {
            _listeners.Add(listener);
        }

        return new Listening(this, listener);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        _read.TrySetCanceled();
        await _running;
        Announce();

        // Followers may still leave word, which nobody reads: what they use is not disposed of.
    }

    private async Task RunAsync()
    {
        try
        {
            int failures = 0;
            while (true)
            {
                TimeSpan pause;
                try
                {
                    pause = _version is null ? await ReadAsync(_ending.Token) : await KeepAsync(_ending.Token);
                    failures = 0;
                }
                catch (Exception failure) when (failure is not OperationCanceledException || !_ending.IsCancellationRequested)
                {
                    if (failure is ApiException)
                    {
                        LogNotKept(_key.Namespace, _key.Name, failure.Message);
                    }
                    else
                    {
                        LogFault(failure, _key.Namespace, _key.Name);
                    }

                    _version = null;
                    pause = s_afterFailures.After(++failures);
                    await Task.Delay(pause, _time, _ending.Token);
                    continue;
                }

                if (pause > TimeSpan.Zero)
                {
                    await WaitAsync(pause);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The quota is gone, or the operator stops.
        }
    }

    private async Task WaitAsync(TimeSpan pause)
    {
        using var timer = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
        Task alarm = Task.Delay(pause, _time, timer.Token);
        Task woken = _woken.WaitAsync(timer.Token);
        await Task.WhenAny(alarm, woken);
        await timer.CancelAsync();
        _ending.Token.ThrowIfCancellationRequested();
        await Task.Delay(s_batch, _time, _ending.Token);
    }

    /// <summary>Reads what is written. What is known already and is newer stays.</summary>
    private async Task<TimeSpan> ReadAsync(CancellationToken cancellation)
    {
        MockQuota? quota = await _client.GetAsync<MockQuota>(_key, cancellation);
        if (quota is null || quota.Metadata.Uid != Uid)
        {
            // It is gone; whoever made this accountant ends it.
            return SweepEvery;
        }

        lock (_gate)
        {
            _books.Adopt(quota.Status);
            _conditions = quota.Status?.Conditions;
            _version = quota.Metadata.ResourceVersion;
        }

        _read.TrySetResult();
        return TimeSpan.Zero;
    }

    /// <summary>Writes the books if need be, and tells everybody. Returns when to look again at the latest.</summary>
    private async Task<TimeSpan> KeepAsync(CancellationToken cancellation)
    {
        DateTimeOffset now = _time.GetUtcNow();
        QuotaDraft? draft;
        QuotaTerms terms;
        int processes;
        TimeSpan? delayed = null;
        QuotaWindow window;
        lock (_gate)
        {
            terms = _terms;
            window = terms.Calendar(now);
            _books.EndGone(_isPodThere);
            processes = _books.Processes;
            draft = _books.Draft(window, terms.Calls);
            bool isDue = _told != terms || (_books.IsUnwritten && now - _written >= ReportEvery);
            draft ??= isDue && HasNews(terms) ? _books.DraftAsItStands() : null;
            if (draft is null)
            {
                _told = terms;
            }
            else if (_writes.Take(now, processes) is var wait && wait > TimeSpan.Zero)
            {
                delayed = wait;
                draft = null;
                _books.Abandon();
            }
        }

        if (draft is not null)
        {
            await WriteAsync(draft, terms, now, cancellation);
        }

        Announce();
        TimeSpan untilReport = _books.IsUnwritten ? _written + ReportEvery - now : SweepEvery;
        TimeSpan[] pauses = [delayed ?? SweepEvery, untilReport, window.End - now, SweepEvery];
        return TimeSpan.FromTicks(Math.Max(pauses.Min().Ticks, TimeSpan.FromMilliseconds(1).Ticks));
    }

    // A restart writes nothing: what would be written is there already.
    private bool HasNews(QuotaTerms terms)
    {
        if (_books.IsUnwritten)
        {
            return true;
        }

        MockQuotaStatus status = QuotaConditions.Tell(_books.Ledger, terms, _conditions, _time.GetUtcNow());
        return _conditions is null || !status.Conditions!.SequenceEqual(_conditions);
    }

    private async Task WriteAsync(QuotaDraft draft, QuotaTerms terms, DateTimeOffset now, CancellationToken cancellation)
    {
        MockQuotaStatus status = QuotaConditions.Tell(draft.Ledger, terms, _conditions, now);
        var body = new MockQuota
        {
            Metadata = new V1ObjectMeta { Name = _key.Name, NamespaceProperty = _key.Namespace, Uid = Uid, ResourceVersion = _version },
            Status = status,
        };
        try
        {
            MockQuota written = await _client.ReplaceStatusAsync(body, cancellation);
            _counters.Wrote(draft.Plan?.Grants.Count ?? 0);
            lock (_gate)
            {
                _version = written.Metadata.ResourceVersion;
                _conditions = status.Conditions;
                _told = terms;
                _written = now;
                _books.Written(draft);
            }
        }
        catch (Exception failure)
        {
            lock (_gate)
            {
                _books.Abandon();
            }

            // Edited meanwhile, which is read at once and tried again.
            if (failure is ApiException { Kind: ApiFailure.Conflict })
            {
                _version = null;
                return;
            }

            throw;
        }
    }

    private void Announce()
    {
        Action[] listeners;
        lock (_gate)
        {
            listeners = [.. _listeners];
        }

        foreach (Action listener in listeners)
        {
            listener();
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The books of quota {Namespace}/{Quota} could not be read or written, which is tried again: {Reason}")]
    private partial void LogNotKept(string @namespace, string quota, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Keeping the books of quota {Namespace}/{Quota} failed in a way that nobody has thought of, which is tried again")]
    private partial void LogFault(Exception fault, string @namespace, string quota);

    private sealed class Listening(QuotaAccountant accountant, Action listener) : IDisposable
    {
        public void Dispose()
        {
            lock (accountant._gate)
            {
                accountant._listeners.Remove(listener);
            }
        }
    }
}
