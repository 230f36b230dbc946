using MockOperator.Kubernetes.Queueing;
using MockOperator.Operator.Control;
using MockOperator.Resources;

namespace MockOperator.Operator.Quotas;

/// <summary>
/// Follows one pod of one mock for as long as the pod is there: tells it what it may answer as soon as that changes, and takes what it says to the accountants. One exchange after the other; the pod
/// holds each until it has something to say.
/// </summary>
internal sealed partial class QuotaFollower : IDisposable
{
    private const int LongWaitSeconds = 25;
    private const int ShortWaitSeconds = 10;

    /// <summary>While a process waits for calls that others hold: whether those are still busy is asked every second.</summary>
    private const int HurriedWaitSeconds = 1;

    /// <summary>So many failures in a row are told: some seconds.</summary>
    private const int ToldAfter = 5;

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
    private readonly ILogger _log;
    private readonly QuotaCounters _counters;
    private readonly CancellationTokenSource _ending = new();
    private readonly Lock _gate = new();
    private RuntimePod _pod;
    private QuotaTarget _target;
    private Told? _told;
    private CancellationTokenSource _round = new();
    private string? _instance;
    private long _heard;

    public QuotaFollower(PodChannel channel, QuotaAccountants accountants, QuotaTarget target, RuntimePod pod, string token, Func<bool> isThere, QuotaCounters counters, TimeProvider time, ILogger log)
    {
        _counters = counters;
        _log = log;
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
                try
                {
                    List<QuotaAccountant> accountants = await FindAsync(target, heardOf);
                    QuotaInstructions words = Words(target, accountants, isQuiet);
                    QuotaReport report = await _channel.ExchangeAsync(pod, _token, words, round);
                    failures = 0;
                    _counters.Exchanged(isAnswered: true);
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
#pragma warning disable CA1031 // A pod is followed until it is gone, whatever goes wrong.
                catch (Exception failure)
#pragma warning restore CA1031
                {
                    if (failure is PodCallException && !_isThere())
                    {
                        return;
                    }

                    Tell(failure, ++failures);
                    _counters.Exchanged(isAnswered: false);
                    foreach (QuotaAccountant accountant in heardOf.Keys.Where(_ => failures > 1))
                    {
                        accountant.Miss(target.Mock, pod.Uid);
                    }

                    _heard = 0;
                    await Task.Delay(s_betweenFailures.After(failures), _time, _ending.Token);
                }
            }
        }
        catch (OperationCanceledException) when (_ending.IsCancellationRequested)
        {
            // The pod is gone, or the operator stops.
        }
        finally
        {
            foreach (IDisposable listening in heardOf.Values)
            {
                listening.Dispose();
            }
        }
    }

    // Pods come and go, so one that does not answer is told of once it is silent for longer; anything but silence is a fault of ours, after which it goes on.
    private void Tell(Exception failure, int failures)
    {
        if (failure is not PodCallException)
        {
            LogFault(failure, _target.Namespace, _target.Mock, _pod.Name);
        }
        else if (failures == ToldAfter)
        {
            LogSilent(_target.Namespace, _target.Mock, _pod.Name, failure.Message);
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

    private QuotaInstructions Words(QuotaTarget target, List<QuotaAccountant> accountants, bool isQuiet)
    {
        bool isHurried = accountants.Exists(static accountant => accountant.IsScarce);
        int wait = isHurried ? HurriedWaitSeconds : isQuiet ? LongWaitSeconds : ShortWaitSeconds;
        var words = new QuotaInstructions
        {
            Mock = target.Mock,
            ReadyPods = Math.Max(1, target.ReadyPods),
            WaitSeconds = _instance is null || target.Quotas.Count == 0 ? 0 : wait,
            Heard = _heard,
            Instance = _instance,
            Quotas = WordsOf(accountants, target.Mock, _instance),
        };
        Volatile.Write(ref _told, new Told(accountants, words, isHurried));

        // What has changed before that was noted has interrupted nobody.
        OnNews();
        return words;
    }

    private static List<QuotaInstruction> WordsOf(List<QuotaAccountant> accountants, string mock, string? instance) =>
        [.. accountants.Select(accountant => accountant.InstructionFor(mock, instance)).OfType<QuotaInstruction>()];

    // Called by accountants: only what makes a difference to the pod interrupts the exchange.
    private void OnNews()
    {
        if (Volatile.Read(ref _told) is not { } told)
        {
            return;
        }

        if ((!told.IsHurried && told.Accountants.Exists(static accountant => accountant.IsScarce))
            || !WordsOf(told.Accountants, told.Words.Mock, told.Words.Instance).Select(Essence).SequenceEqual(told.Words.Quotas!.Select(Essence)))
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The calls of mock {Namespace}/{Mock} are not counted in pod {Pod}, which is tried again and again: {Reason}")]
    private partial void LogSilent(string @namespace, string mock, string pod, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Counting the calls of mock {Namespace}/{Mock} in pod {Pod} failed in a way that nobody has thought of, which is tried again")]
    private partial void LogFault(Exception fault, string @namespace, string mock, string pod);

    private sealed record Told(List<QuotaAccountant> Accountants, QuotaInstructions Words, bool IsHurried);
}
