using System.Collections.Concurrent;
using MockOperator.Operator.Control;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Control;

public sealed class AcknowledgementTrackerTests : IDisposable
{
    private readonly Dialer _dialer = new();
    private readonly ConcurrentQueue<string> _woken = new();
    private readonly AcknowledgementTracker _tracker;

    public AcknowledgementTrackerTests() => _tracker = new AcknowledgementTracker(_dialer, (ns, name) => _woken.Enqueue($"{ns}/{name}"), TimeProvider.System);

    public void Dispose() => _tracker.Dispose();

    [Fact]
    public async Task A_pod_that_serves_the_revision_is_asked_once()
    {
        _dialer.Answer = static (_, revision) => new RevisionReply(revision, 1, null);

        await Eventually.TrueAsync(() => Observe("r1", "a", "b").IsComplete);

        Assert.Equal(2, Observe("r1", "a", "b").Acknowledged);
        Assert.Equal(2, _dialer.Asked.Count);
        Assert.Contains("demo/petstore", _woken);
    }

    [Fact]
    public async Task A_new_revision_is_asked_for_again()
    {
        _dialer.Answer = static (_, revision) => new RevisionReply(revision, 1, null);
        await Eventually.TrueAsync(() => Observe("r1", "a").IsComplete);

        Assert.Equal(0, Observe("r2", "a").Acknowledged);

        await Eventually.TrueAsync(() => Observe("r2", "a").IsComplete);
    }

    [Fact]
    public async Task A_pod_that_cannot_be_reached_at_first_is_asked_again()
    {
        int calls = 0;
        _dialer.Answer = (_, revision) => Interlocked.Increment(ref calls) < 3 ? throw new HttpRequestException("refused") : new RevisionReply(revision, 1, null);

        await Eventually.TrueAsync(() => Observe("r1", "a").IsComplete);

        Assert.Empty(Observe("r1", "a").Problems);
    }

    [Fact]
    public async Task What_a_pod_says_is_told_and_asked_again()
    {
        _dialer.Answer = static (_, _) => new RevisionReply("", 0, "a part is missing");

        await Eventually.TrueAsync(() => Observe("r1", "a").Problems.Count == 1);

        Assert.Equal("pod a: a part is missing", Assert.Single(Observe("r1", "a").Problems));
    }

    [Fact]
    public async Task A_pod_with_older_files_is_stale()
    {
        _dialer.Answer = static (_, _) => new RevisionReply("r0", 1, null);

        await Eventually.TrueAsync(() => Observe("r1", "a").Stale.Count == 1);

        Assert.False(Observe("r1", "a").IsComplete);
    }

    [Fact]
    public async Task A_pod_that_is_gone_is_no_longer_asked()
    {
        _dialer.Answer = static (_, _) => throw new HttpRequestException("refused");
        Observe("r1", "a");
        await Eventually.TrueAsync(() => !_dialer.Asked.IsEmpty);

        Acknowledgements none = Observe("r1");

        Assert.Equal((0, 0), (none.Pods, none.Acknowledged));
        await Eventually.TrueAsync(() => _dialer.Running == 0);
    }

    private Acknowledgements Observe(string revision, params string[] pods) =>
        _tracker.Observe("demo", "petstore", "token", revision, [.. pods.Select(static pod => new RuntimePod("demo", pod, pod, "10.0.0.1", null))]);

    private sealed class Dialer : IPodDialer
    {
        private int _running;

        public Func<RuntimePod, string, RevisionReply> Answer { get; set; } = static (_, _) => new RevisionReply("", 0, null);

        public ConcurrentQueue<string> Asked { get; } = new();

        public int Running => Volatile.Read(ref _running);

        public async Task<RevisionReply> AskAsync(RuntimePod pod, string token, string revision, TimeSpan wait, CancellationToken cancellation)
        {
            Interlocked.Increment(ref _running);
            try
            {
                Asked.Enqueue(pod.Name);
                await Task.Delay(1, cancellation);
                return Answer(pod, revision);
            }
            finally
            {
                Interlocked.Decrement(ref _running);
            }
        }
    }
}
