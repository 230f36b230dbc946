using System.Collections.Concurrent;
using System.Globalization;
using Polly;
using Polly.Retry;

namespace MockOperator.Operator.Control;

/// <summary>
/// Asks runtime pods whether they serve a revision, and goes on asking until they do. Only pods that are not there yet are asked; a pod is asked by one
/// task at a time; and whoever waits is woken when something changed, so that no reconcile blocks on a pod.
/// </summary>
public sealed class AcknowledgementTracker : IDisposable
{
    /// <summary>Most pods that are asked at the same time.</summary>
    public const int Concurrency = 64;

    /// <summary>How long a pod may wait before it answers with what it has. Short, so that slow pods do not keep others waiting.</summary>
    public static readonly TimeSpan PodWait = TimeSpan.FromSeconds(5);

    /// <summary>How often the pods of a private mock are asked whether their keys are still there: nobody but they can see the Secret.</summary>
    public static readonly TimeSpan KeyCheck = TimeSpan.FromSeconds(30);

    private const int MostProblems = 3;

    private readonly IPodDialer _dialer;
    private readonly Action<string, string> _wake;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _slots = new(Concurrency);
    private readonly ConcurrentDictionary<(string Namespace, string Name), Dictionary<string, PodInquiry>> _mocks = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly ResiliencePipeline _retries;

    /// <summary>Creates a tracker.</summary>
    /// <param name="dialer">The way to the pods.</param>
    /// <param name="wake">Called with namespace and name of a mock whose pods have news.</param>
    /// <param name="time">The clock of waits and retries.</param>
    public AcknowledgementTracker(IPodDialer dialer, Action<string, string> wake, TimeProvider time)
    {
        _dialer = dialer;
        _wake = wake;
        _time = time;
        _retries = new ResiliencePipelineBuilder { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = new PredicateBuilder().Handle<HttpRequestException>().Handle<TimeoutException>().Handle<IOException>(),
                MaxRetryAttempts = int.MaxValue,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(100),
                MaxDelay = TimeSpan.FromSeconds(10),
                UseJitter = true,
                OnRetry = Retried,
            })
            .Build();
    }

    private static readonly ResiliencePropertyKey<PodInquiry> s_inquiry = new("inquiry");

    /// <summary>Reports how far the pods are, and starts to ask those of which nothing is known yet. Never waits.</summary>
    /// <param name="ns">Namespace of the mock.</param>
    /// <param name="name">Name of the mock.</param>
    /// <param name="token">The token of the mock.</param>
    /// <param name="revision">The revision wanted.</param>
    /// <param name="pods">The pods of the mock that can be asked.</param>
    /// <param name="checkKeys">Whether to go on asking whether the keys of the mock are there.</param>
    public Acknowledgements Observe(string ns, string name, string token, string revision, IReadOnlyList<RuntimePod> pods, bool checkKeys = false)
    {
        ArgumentNullException.ThrowIfNull(pods);
        Dictionary<string, PodInquiry> inquiries = _mocks.GetOrAdd((ns, name), static _ => new(StringComparer.Ordinal));
        lock (inquiries)
        {
            foreach (string gone in inquiries.Keys.Except(pods.Select(static pod => pod.Uid), StringComparer.Ordinal).ToList())
            {
                inquiries[gone].Cancel();
                inquiries.Remove(gone);
            }

            foreach (RuntimePod pod in pods)
            {
                if (inquiries.TryGetValue(pod.Uid, out PodInquiry? known))
                {
                    if (known.Revision == revision && known.Pod.Address == pod.Address)
                    {
                        continue;
                    }

                    known.Cancel();
                }

                var inquiry = new PodInquiry(pod, revision, CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token));
                inquiries[pod.Uid] = inquiry;
                _ = Task.Run(() => AskAsync(ns, name, token, inquiry, checkKeys), CancellationToken.None);
            }

            return new Acknowledgements(
                pods.Count,
                inquiries.Values.Count(static inquiry => inquiry.Acknowledged),
                [.. inquiries.Values.Where(static inquiry => inquiry.Problem is not null).Take(MostProblems).Select(static inquiry => $"pod {inquiry.Pod.Name}: {inquiry.Problem}")],
                [.. inquiries.Values.Where(static inquiry => inquiry is { Stale: true, Acknowledged: false }).Select(static inquiry => inquiry.Pod)])
            {
                KeyProblem = inquiries.Values.FirstOrDefault(static inquiry => inquiry.KeyProblem is not null)?.KeyProblem,
                Keyless = [.. inquiries.Values.Where(static inquiry => inquiry.KeyProblem is not null).Select(static inquiry => inquiry.Pod)],
            };
        }
    }

    /// <summary>Forgets a mock that is gone.</summary>
    public void Forget(string ns, string name)
    {
        if (_mocks.TryRemove((ns, name), out Dictionary<string, PodInquiry>? inquiries))
        {
            lock (inquiries)
            {
                foreach (PodInquiry inquiry in inquiries.Values)
                {
                    inquiry.Cancel();
                }
            }
        }
    }

    /// <summary>Ends all asking.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        _slots.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task AskAsync(string ns, string name, string token, PodInquiry inquiry, bool checkKeys)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(inquiry.Cancelled);
        context.Properties.Set(s_inquiry, inquiry);
        try
        {
            while (!inquiry.Acknowledged || checkKeys)
            {
                RevisionReply reply = await _retries.ExecuteAsync(
                    async retry => await OnceAsync(inquiry, token, retry.CancellationToken),
                    context);
                if (Note(inquiry, reply))
                {
                    _wake(ns, name);
                }

                if (inquiry.Acknowledged && inquiry.KeyProblem is null)
                {
                    if (checkKeys)
                    {
                        await Task.Delay(KeyCheck, _time, inquiry.Cancelled);
                    }
                }
                else if (reply.Problem is not null)
                {
                    // It cannot be loaded as it is; the files may still be changing, so ask again, but calmly.
                    await Task.Delay(PodWait, _time, inquiry.Cancelled);
                }
            }
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // The pod is gone, the revision is no longer wanted, or the operator stops.
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<RevisionReply> OnceAsync(PodInquiry inquiry, string token, CancellationToken cancellation)
    {
        await _slots.WaitAsync(cancellation);
        try
        {
            using var deadline = new CancellationTokenSource(PodWait + TimeSpan.FromSeconds(5), _time);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
            try
            {
                return await _dialer.AskAsync(inquiry.Pod, token, inquiry.Revision, PodWait, either.Token);
            }
            catch (OperationCanceledException late) when (deadline.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new TimeoutException("no answer from the control port", late);
            }
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Notes a reply. Returns whether the mock must look at it: anything but a repeated "all is well".</summary>
    private static bool Note(PodInquiry inquiry, RevisionReply reply)
    {
        bool wasWell = inquiry is { Acknowledged: true, KeyProblem: null };
        bool isServed = reply.Revision == inquiry.Revision;
        inquiry.Acknowledged = isServed;
        inquiry.Stale = !isServed && reply.Problem is null;
        inquiry.Problem = isServed ? null : reply.Problem;

        // Whoever serves the revision and has a problem all the same lacks the keys of a private mock.
        inquiry.KeyProblem = isServed ? reply.Problem : null;
        return !(wasWell && inquiry is { Acknowledged: true, KeyProblem: null });
    }

    // The first failures are ordinary while a pod starts or reads its new token: only a pod that stays silent is a problem to tell.
    private static ValueTask Retried(OnRetryArguments<object> retry)
    {
        if (retry.AttemptNumber >= 4 && retry.Context.Properties.TryGetValue(s_inquiry, out PodInquiry? inquiry))
        {
            inquiry.Problem = string.Create(CultureInfo.InvariantCulture, $"{retry.Outcome.Exception?.Message}");
            inquiry.Stale = retry.Outcome.Exception is HttpRequestException { StatusCode: System.Net.HttpStatusCode.Unauthorized };
        }

        return ValueTask.CompletedTask;
    }
}
