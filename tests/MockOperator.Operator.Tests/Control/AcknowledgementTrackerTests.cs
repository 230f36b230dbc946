using System.Collections.Concurrent;
using MockOperator.Operator.Control;
using MockOperator.Operator.Tests.Cluster;

namespace MockOperator.Operator.Tests.Control;

public sealed class AcknowledgementTrackerTests : IDisposable
{
    private readonly ScriptedDialer _dialer = new();
    private readonly ConcurrentQueue<string> _woken = new();
    private readonly CountedTimers _time = new();
    private readonly MockSession _session = new("demo", "petstore", "uid");
    private readonly AcknowledgementTracker _tracker;

    public AcknowledgementTrackerTests() =>
        _tracker = new AcknowledgementTracker(new PodChannel(_dialer, courier: null, quotas: null, _time), (ns, name) => _woken.Enqueue($"{ns}/{name}"), _time);

    public static TheoryData<Exception> Failures =>
    [
        new HttpRequestException("refused"),
        new IOException("reset"),
        new TaskCanceledException("no connection", new TimeoutException("no connection within two seconds")),
        new InvalidOperationException("the character set is unknown"),
        new OperationCanceledException("by nobody"),
    ];

    public void Dispose()
    {
        _session.Dispose();
        _tracker.Dispose();
    }

    [Fact]
    public async Task A_pod_that_serves_the_revision_is_asked_once_and_once_more_after_its_files_might_have_taken_it_back()
    {
        _dialer.Answer = ScriptedDialer.Always(static revision => new RevisionReply(revision, 1, null));

        await Eventually.TrueAsync(() => Observe("r1", "a", "b").IsComplete);

        Assert.Equal(2, _dialer.Asked.Count);
        await Eventually.TrueAsync(() => _dialer.Running == 0 && _time.Pending == 2);
        _time.Advance(AcknowledgementTracker.SecondLook - TimeSpan.FromSeconds(1));
        Assert.Equal((2, 2), (_dialer.Asked.Count, _time.Pending));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Eventually.TrueAsync(() => _dialer.Asked.Count == 4);

        // Whoever asked a third time would wait for the clock before.
        await Eventually.TrueAsync(() => _dialer.Running == 0 && _time.Pending == 0);
        for (int minute = 0; minute < 60; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            await Task.Yield();
            Assert.Equal((4, 0), (_dialer.Asked.Count, _time.Pending));
        }

        Assert.Equal(["demo/petstore", "demo/petstore"], _woken);
    }

    [Fact]
    public async Task A_pod_that_its_files_took_back_is_stale_until_it_is_there_again()
    {
        string served = "r1";
        _dialer.Answer = ScriptedDialer.Always(_ => new RevisionReply(served, 1, null));
        await Eventually.TrueAsync(() => Observe("r1", "a").IsComplete);

        served = "r0";
        await UntilAsync(() => Observe("r1", "a") is { IsComplete: false, Stale.Count: 1 });

        served = "r1";
        await UntilAsync(() => Observe("r1", "a").IsComplete);
        Assert.Equal(3, _woken.Count);
    }

    [Fact]
    public async Task A_new_revision_is_asked_for_again()
    {
        _dialer.Answer = ScriptedDialer.Always(static revision => new RevisionReply(revision, 1, null));
        await Eventually.TrueAsync(() => Observe("r1", "a").IsComplete);

        Assert.Equal(0, Observe("r2", "a").Acknowledged);

        await Eventually.TrueAsync(() => Observe("r2", "a").IsComplete);
    }

    [Theory]
    [MemberData(nameof(Failures), DisableDiscoveryEnumeration = true)]
    public async Task A_pod_that_cannot_be_asked_is_asked_for_ever_and_heals(Exception failure)
    {
        ArgumentNullException.ThrowIfNull(failure);
        _dialer.Answer = (_, _, _) => throw failure;

        // Looked at once, as by a reconcile that only a wake brings back.
        Observe("r1", "a");
        await UntilAsync(() => _dialer.Asked.Count >= 30);

        Assert.Equal($"pod a: {(failure.InnerException ?? failure).Message}", Assert.Single(Observe("r1", "a").Problems));
        Assert.Single(_woken);

        _dialer.Answer = ScriptedDialer.Always(static revision => new RevisionReply(revision, 1, null));
        await UntilAsync(() => _woken.Count == 2);
        Assert.True(Observe("r1", "a").IsComplete);
        Assert.Empty(Observe("r1", "a").Problems);
    }

    [Fact]
    public async Task A_pod_that_never_answers_is_told_and_heals()
    {
        _dialer.Answer = static (_, _, cancellation) => ScriptedDialer.Silence(cancellation);
        Observe("r1", "a");

        await UntilAsync(() => !_woken.IsEmpty);

        Assert.Equal("pod a: no answer from the control port in time", Assert.Single(Observe("r1", "a").Problems));
        _dialer.Answer = ScriptedDialer.Always(static revision => new RevisionReply(revision, 1, null));
        await UntilAsync(() => Observe("r1", "a").IsComplete);
    }

    [Fact]
    public async Task The_first_failures_of_a_pod_that_starts_are_not_told()
    {
        int calls = 0;
        _dialer.Answer = (_, revision, _) => Interlocked.Increment(ref calls) < 4 ? throw new HttpRequestException("refused") : Task.FromResult(new RevisionReply(revision, 1, null));
        Observe("r1", "a");

        await UntilAsync(() => !_woken.IsEmpty);

        Assert.True(Observe("r1", "a").IsComplete);
        Assert.Single(_woken);
    }

    [Fact]
    public async Task A_pod_that_answers_something_else_at_once_is_not_asked_in_a_circle_and_wakes_once()
    {
        _dialer.Answer = ScriptedDialer.Always(static _ => new RevisionReply("other", 1, null));
        Observe("r1", "a");
        await Eventually.TrueAsync(() => !_woken.IsEmpty);
        Assert.Single(_dialer.Asked);

        const int answers = 1000;
        DateTime end = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        for (int second = 0; _dialer.Asked.Count < answers; second++)
        {
            Assert.True(DateTime.UtcNow < end, $"only {_dialer.Asked.Count} asks");
            Assert.True(_dialer.Asked.Count <= second + 1, $"{_dialer.Asked.Count} asks in {second} seconds");
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Single(_woken);
    }

    [Fact]
    public async Task What_a_pod_says_is_told_and_asked_again()
    {
        _dialer.Answer = ScriptedDialer.Always(static _ => new RevisionReply("", 0, "a part is missing" + new string('!', 5000)));

        await Eventually.TrueAsync(() => Observe("r1", "a").Problems.Count == 1);

        string told = Assert.Single(Observe("r1", "a").Problems);
        Assert.StartsWith("pod a: a part is missing!", told, StringComparison.Ordinal);
        Assert.True(told.Length < 400);
        await UntilAsync(() => _dialer.Asked.Count > 1);
        Assert.Single(_woken);
    }

    [Fact]
    public async Task A_pod_with_older_files_is_stale()
    {
        _dialer.Answer = ScriptedDialer.Always(static _ => new RevisionReply("r0", 1, null));

        await Eventually.TrueAsync(() => Observe("r1", "a").Stale.Count == 1);

        Assert.False(Observe("r1", "a").IsComplete);
    }

    [Fact]
    public async Task A_pod_that_is_gone_is_no_longer_asked()
    {
        _dialer.Answer = static (_, _, cancellation) => ScriptedDialer.Silence(cancellation);
        Observe("r1", "a");
        await Eventually.TrueAsync(() => _dialer.Running == 1);

        Acknowledgements none = Observe("r1");

        Assert.Equal((0, 0), (none.Pods, none.Acknowledged));
        await Eventually.TrueAsync(() => _dialer.Running == 0);
    }

    [Fact]
    public async Task The_pods_of_a_mock_that_is_gone_are_no_longer_asked()
    {
        _dialer.Answer = static (_, _, cancellation) => ScriptedDialer.Silence(cancellation);
        Observe("r1", "a", "b");
        await Eventually.TrueAsync(() => _dialer.Running == 2);

        _session.Dispose();

        await Eventually.TrueAsync(() => _dialer.Running == 0);
    }

    [Fact]
    public async Task The_pods_of_a_private_mock_are_asked_for_their_keys_now_and_then()
    {
        string? problem = null;
        _dialer.Answer = ScriptedDialer.Always(revision => new RevisionReply(revision, 1, problem));
        await Eventually.TrueAsync(() => ObserveKeys("a").IsComplete);

        problem = "the keys are gone";
        await UntilAsync(() => ObserveKeys("a").KeyProblem is not null);
        problem = null;
        await UntilAsync(() => ObserveKeys("a").KeyProblem is null);
        Assert.Equal(3, _woken.Count);
    }

    [Fact]
    public async Task Silent_pods_of_one_namespace_keep_nobody_else_waiting()
    {
        _dialer.Answer = static (pod, revision, cancellation) =>
            pod.Namespace == "hostile" ? ScriptedDialer.Silence(cancellation) : Task.FromResult(new RevisionReply(revision, 1, null));
        using var hostile = new MockSession("hostile", "silent", "silent");
        _tracker.Observe(hostile, "token", "r1", [.. Enumerable.Range(0, 2 * PodChannel.Asks).Select(static number => new RuntimePod("hostile", $"pod-{number}", $"pod-{number}", "10.0.0.9", null))]);
        await Eventually.TrueAsync(() => _dialer.Running == PodChannel.Asks / 2);

        await Eventually.TrueAsync(() => Observe("r1", "good").IsComplete);

        Assert.Equal(PodChannel.Asks / 2, _dialer.Running);
    }

    private Acknowledgements Observe(string revision, params string[] pods) => _tracker.Observe(_session, "token", revision, Pods(pods));

    private Acknowledgements ObserveKeys(string pod) => _tracker.Observe(_session, "token", "r1", Pods(pod), checkKeys: true);

    private static IReadOnlyList<RuntimePod> Pods(params string[] pods) => [.. pods.Select(static pod => new RuntimePod("demo", pod, pod, "10.0.0.1", null))];

    private Task UntilAsync(Func<bool> condition) => Eventually.TrueAsync(() =>
    {
        _time.Advance(TimeSpan.FromSeconds(1));
        return condition();
    });
}
