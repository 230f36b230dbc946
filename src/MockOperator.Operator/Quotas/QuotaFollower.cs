using MockOperator.Kubernetes.Queueing;
using MockOperator.Operator.Control;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// Follows one pod of one mock for as long as the pod is there: tells it what it may answer as soon as that changes, and takes what it says to the accountants. One exchange after the other; the pod
/// holds each until it has something to say.
/// </summary>
internal sealed class QuotaFollower : IDisposable
{
    private const int LongWaitSeconds = 25;
    private const int ShortWaitSeconds = 10;

    // A pod that has something to say at every ask is not asked in a circle.
    private static readonly TimeSpan s_leastPause = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan s_decision = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan s_withoutQuotas = TimeSpan.FromMinutes(5);
    private static readonly Backoff s_betweenFailures = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), Jitter: 0.5);

    private readonly PodChannel _channel;
    private readonly QuotaAccountants _accountants;
    private readonly TimeProvider _time;
    private readonly string _token;
    private readonly Func<bool> _isThere;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private RuntimePod _pod;
    private QuotaTarget _target;
    private Told? _told;
    private CancellationTokenSource _round = new();
    private string? _instance;
    private long _heard;

    public QuotaFollower(PodChannel channel, QuotaAccountants accountants, QuotaTarget target, RuntimePod pod, string token, Func<bool> isThere, TimeProvider time)
    {
        _isThere = isThere;
        _channel = channel;
        _accountants = accountants;
        _target = target;
        _pod = pod;
        _token = token;
        _time = time;
        Running = Task.Run(RunAsync);
    }

    /// <summary>Ends when the pod has said its last word, or nobody follows it any more.</summary>
    public Task Running { get; }

    /// <summary>Follows another set of quotas, or another number of pods.</summary>
    public void Follow(QuotaTarget target, RuntimePod pod)
    {
        lock (_gate)
        {
            bool isSame = _target.Equals(target) && _pod.Address == pod.Address;
            _target = target;
            _pod = pod;
            if (isSame)
            {
                return;
            }
        }

        Interrupt();
    }

    public void Dispose() => _ending.Cancel();

    private async Task RunAsync()
    {
        int failures = 0;
        bool isQuiet = false;
        var heardOf = new Dictionary<QuotaAccountant, IDisposable>();
        try
        {
            while (true)
            {
                (QuotaTarget target, RuntimePod pod, CancellationToken round) = Begin();
                List<QuotaAccountant> accountants = await FindAsync(target, heardOf);
                QuotaInstructions words = Words(target, accountants, isQuiet ? LongWaitSeconds : ShortWaitSeconds);
                try
                {
                    QuotaReport report = await _channel.ExchangeAsync(pod, _token, words, round);
                    failures = 0;
                    isQuiet = report.Instance == _instance && report.Sequence == _heard;
                    _instance = report.Instance;
                    _heard = report.Sequence;
                    foreach (QuotaAccountant accountant in heardOf.Keys)
                    {
                        accountant.Take(target.Mock, pod.Uid, report);
                    }

                    if (report.IsFinal)
                    {
                        return;
                    }

                    // What was just heard leads to another word soon; with nothing to count, only another number of pods does.
                    await PauseAsync(PauseAfter(target, accountants.Count, words, report), round);
                }
                catch (OperationCanceledException) when (round.IsCancellationRequested)
                {
                    // There is something else to tell.
                    _ending.Token.ThrowIfCancellationRequested();
                }
                catch (PodCallException)
                {
                    if (!_isThere())
                    {
                        return;
                    }

                    foreach (QuotaAccountant accountant in heardOf.Keys.Where(_ => failures > 0))
                    {
                        accountant.Miss(target.Mock, pod.Uid);
                    }

                    _heard = 0;
                    await Task.Delay(s_betweenFailures.After(++failures), _time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The pod is gone, or the operator stops: nothing else cancels.
        }
        finally
        {
            foreach (IDisposable listening in heardOf.Values)
            {
                listening.Dispose();
            }
        }
    }

    private static TimeSpan PauseAfter(QuotaTarget target, int found, QuotaInstructions words, QuotaReport report)
    {
        if (target.Quotas.Count == 0 && report.Meters is null or [])
        {
            return s_withoutQuotas;
        }

        // Until the process is known, nothing can be granted to it.
        bool isDecided = words.Instance != report.Instance || (found == target.Quotas.Count && report.Meters?.Any(static meter => meter.IsWanting) is not true);
        return isDecided ? s_leastPause : s_decision;
    }

    private (QuotaTarget Target, RuntimePod Pod, CancellationToken Round) Begin()
    {
        lock (_gate)
        {
            _round.Dispose();
            _round = CancellationTokenSource.CreateLinkedTokenSource(_ending.Token);
            return (_target, _pod, _round.Token);
        }
    }

    // Pods keep talking of a quota that has lost their mock until it is heard: who was listened to once, is.
    private async Task<List<QuotaAccountant>> FindAsync(QuotaTarget target, Dictionary<QuotaAccountant, IDisposable> heardOf)
    {
        foreach (QuotaAccountant gone in heardOf.Keys.Where(static accountant => accountant.HasEnded).ToList())
        {
            heardOf.Remove(gone);
        }

        var found = new List<QuotaAccountant>();
        foreach (QuotaReference quota in target.Quotas)
        {
            if (_accountants.Find(target.Namespace, quota.Name, quota.Uid) is not { } accountant)
            {
                continue;
            }

            if (!heardOf.ContainsKey(accountant))
            {
                if (!await TryOpenAsync(accountant))
                {
                    continue;
                }

                heardOf[accountant] = accountant.Listen(OnNews);
            }

            found.Add(accountant);
        }

        return found;
    }

    private async Task<bool> TryOpenAsync(QuotaAccountant accountant)
    {
        try
        {
            await accountant.OpenAsync(_ending.Token);
            return true;
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
            // The quota is gone before its books were read.
            return false;
        }
    }

    private QuotaInstructions Words(QuotaTarget target, List<QuotaAccountant> accountants, int wait)
    {
        var words = new QuotaInstructions
        {
            Mock = target.Mock,
            ReadyPods = Math.Max(1, target.ReadyPods),
            WaitSeconds = _instance is null || target.Quotas.Count == 0 ? 0 : wait,
            Heard = _heard,
            Instance = _instance,
            Quotas = [.. accountants.Select(accountant => accountant.InstructionFor(target.Mock, _instance)).OfType<QuotaInstruction>()],
        };
        Volatile.Write(ref _told, new Told(accountants, words));
        return words;
    }

    // Called by accountants: only what makes a difference to the pod interrupts the exchange.
    private void OnNews()
    {
        if (Volatile.Read(ref _told) is not { } told)
        {
            return;
        }

        List<QuotaInstruction> now = [.. told.Accountants.Select(accountant => accountant.InstructionFor(told.Words.Mock, told.Words.Instance)).OfType<QuotaInstruction>()];
        if (!now.Select(Essence).SequenceEqual(told.Words.Quotas!.Select(Essence)))
        {
            Interrupt();
        }
    }

    private void Interrupt()
    {
        lock (_gate)
        {
            _round.Cancel();
        }
    }

    private async Task PauseAsync(TimeSpan pause, CancellationToken round)
    {
        try
        {
            await Task.Delay(pause, _time, round);
        }
        catch (OperationCanceledException) when (!_ending.IsCancellationRequested)
        {
            // There is something to tell.
        }
    }

    private static QuotaInstruction Essence(QuotaInstruction words) => words with { EndsInMilliseconds = 0, Remaining = 0 };

    private sealed record Told(List<QuotaAccountant> Accountants, QuotaInstructions Words);
}
