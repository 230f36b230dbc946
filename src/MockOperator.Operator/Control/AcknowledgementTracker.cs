using MockOperator.Kubernetes.Queueing;

namespace MockOperator.Operator.Control;

/// <summary>
/// Asks runtime pods whether they serve a revision, and goes on asking until they do, whatever becomes of an ask. Only pods that are not there yet are asked; a pod is
/// asked by one task at a time; and whoever waits is woken when something changed, so that no reconcile blocks on a pod.
/// </summary>
public sealed class AcknowledgementTracker : IDisposable
{
    /// <summary>How often the pods of a private mock are asked whether their keys are still there: nobody but they can see the Secret.</summary>
    public static readonly TimeSpan KeyCheck = TimeSpan.FromSeconds(30);

    /// <summary>
    /// When a pod that serves the revision is asked once more: after the time within which mounted files that stay behind take it back from what was pushed to it.
    /// </summary>
    public static readonly TimeSpan SecondLook = TimeSpan.FromMinutes(4);

    private const int MostProblems = 3;

    // A pod that has another revision is expected to wait with its answer; one that does not is not asked in a circle.
    private static readonly Backoff s_betweenAnswers = new(TimeSpan.FromSeconds(1), PodChannel.PodWait);
    private static readonly Backoff s_betweenFailures = new(TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(10), Jitter: 0.5);

    private readonly PodChannel _channel;
    private readonly Action<string, string> _wake;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _stopping = new();

    /// <summary>Creates a tracker.</summary>
    /// <param name="channel">The way to the pods.</param>
    /// <param name="wake">Called with namespace and name of a mock whose pods have news.</param>
    /// <param name="time">The clock of waits.</param>
    public AcknowledgementTracker(PodChannel channel, Action<string, string> wake, TimeProvider time)
    {
        _channel = channel;
        _wake = wake;
        _time = time;
    }

    /// <summary>Reports how far the pods are, and starts to ask those of which nothing is known yet. Never waits.</summary>
    /// <param name="session">The mock.</param>
    /// <param name="token">The token of the mock.</param>
    /// <param name="revision">The revision wanted.</param>
    /// <param name="pods">The pods of the mock that can be asked.</param>
    /// <param name="checkKeys">Whether to go on asking whether the keys of the mock are there.</param>
    public Acknowledgements Observe(MockSession session, string token, string revision, IReadOnlyList<RuntimePod> pods, bool checkKeys = false)
    {
        ArgumentNullException.ThrowIfNull(session);
        ArgumentNullException.ThrowIfNull(pods);
        Dictionary<string, PodInquiry> inquiries = session.Inquiries;
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
                _ = Task.Run(() => FollowAsync(session, token, inquiry, checkKeys), CancellationToken.None);
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

    /// <summary>Ends all asking.</summary>
    public void Dispose()
    {
        _stopping.Cancel();
        _stopping.Dispose();
        GC.SuppressFinalize(this);
    }

    private async Task FollowAsync(MockSession session, string token, PodInquiry inquiry, bool checkKeys)
    {
        int failures = 0;
        int hasty = 0;
        bool wasWell = false;
        try
        {
            while (true)
            {
                TimeSpan pause;
                bool isNews;
                try
                {
                    (RevisionReply reply, TimeSpan took) = await _channel.AskAsync(inquiry.Pod, token, inquiry.Revision, inquiry.Cancelled);
                    isNews = inquiry.Note(reply);
                    failures = 0;
                    hasty = inquiry.IsWell || took >= PodChannel.PodWait / 2 ? 0 : hasty + 1;
                    pause = inquiry.IsWell ? (checkKeys ? KeyCheck : SecondLook) : hasty > 0 ? s_betweenAnswers.After(hasty) : TimeSpan.Zero;
                }
                catch (PodCallException failure)
                {
                    isNews = inquiry.Note(failure, ++failures);
                    pause = s_betweenFailures.After(failures);
                }

                if (isNews)
                {
                    _wake(session.Namespace, session.Name);
                }

                if (inquiry.IsWell && failures == 0)
                {
                    if (wasWell && !checkKeys)
                    {
                        return;
                    }

                    wasWell = true;
                }

                await Task.Delay(pause, _time, inquiry.Cancelled);
            }
        }
        catch (OperationCanceledException)
        {
            // The pod is gone, the revision is no longer wanted, or the operator stops: nothing else cancels.
        }
    }
}
