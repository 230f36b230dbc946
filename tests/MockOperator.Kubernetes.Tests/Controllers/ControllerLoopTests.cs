using System.Collections.Concurrent;
using k8s.Models;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Abstractions;
using MockOperator.Kubernetes.Caching;
using MockOperator.Kubernetes.Client;
using MockOperator.Kubernetes.Controllers;
using MockOperator.Kubernetes.Measuring;
using MockOperator.Kubernetes.Queueing;
using MockOperator.Kubernetes.Tests.Server;
using Prometheus;

namespace MockOperator.Kubernetes.Tests.Controllers;

public sealed class ControllerLoopTests : IAsyncDisposable
{
    private static readonly ObjectKey A = new("default", "a");

    private readonly FakeTimeProvider _time = new();
    private readonly OperatorMetrics _metrics = new(Metrics.NewCustomRegistry());
    private readonly WriteTracker _writes;
    private readonly ResourceStore<Widget> _store;
    private readonly StorePartition<Widget> _partition;
    private readonly ResourceStore<V1ConfigMap> _other;
    private readonly StorePartition<V1ConfigMap> _others;
    private readonly ConcurrentQueue<string> _seen = new();
    private readonly CancellationTokenSource _stop = new();
    private Func<Widget, CancellationToken, Task<ReconciliationResult<Widget>>> _reconcile = (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Success(widget));
    private Task _running = Task.CompletedTask;
    private ControllerLoop<Widget>? _loop;

    public ControllerLoopTests()
    {
        _writes = new WriteTracker(_time, _metrics);
        _store = new ResourceStore<Widget>(null, _time);
        _partition = _store.OpenPartition();
        _other = new ResourceStore<V1ConfigMap>(null, _time);
        _others = _other.OpenPartition();
        _writes.Follow(_store);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task Nothing_is_reconciled_before_all_stores_are_synced()
    {
        _partition.Replace([Widget.Named("a")], "1");
        Start();
        await Eventually.SettleAsync();
        Assert.Empty(_seen);
        _others.Replace([], "1");
        await SeenAsync("a@1");
    }

    [Fact]
    public async Task Nothing_is_reconciled_after_leadership_is_lost()
    {
        var started = new TaskCompletionSource();
        var end = new TaskCompletionSource();
        _reconcile = async (widget, _) =>
        {
            started.TrySetResult();
            await end.Task;
            return ReconciliationResult<Widget>.Success(widget);
        };
        Sync(Widget.Named("a"), Widget.Named("b"), Widget.Named("c"));
        Start(workers: 1);
        await started.Task.InTimeAsync("a reconcile runs");
        await _stop.CancelAsync();
        _partition.Upsert(Widget.Named("d", "9"));
        end.SetResult();
        await _running.InTimeAsync("the loop ends");
        Assert.Single(_seen);
    }

    [Fact]
    public async Task A_change_during_a_reconcile_leads_to_another_that_sees_it()
    {
        var first = new TaskCompletionSource();
        var go = new TaskCompletionSource();
        _reconcile = async (widget, _) =>
        {
            first.TrySetResult();
            await go.Task;
            return ReconciliationResult<Widget>.Success(widget);
        };
        Sync(Widget.Named("a"));
        Start();
        await first.Task.InTimeAsync("a reconcile runs");
        _partition.Upsert(Widget.Named("a", "2"));
        _partition.Upsert(Widget.Named("a", "3"));
        go.SetResult();
        await SeenAsync("a@1", "a@3");
    }

    [Fact]
    public async Task One_object_is_never_with_two_workers_and_the_last_state_is_always_seen()
    {
        var busy = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        var overlaps = 0;
        var last = new ConcurrentDictionary<string, string>(StringComparer.Ordinal);
        _reconcile = async (widget, _) =>
        {
            var name = widget.Metadata.Name;
            if (busy.AddOrUpdate(name, 1, (_, n) => n + 1) != 1)
                Interlocked.Increment(ref overlaps);
            last[name] = widget.Metadata.ResourceVersion;
            await Task.Yield();
            busy.AddOrUpdate(name, 0, (_, n) => n - 1);
            return ReconciliationResult<Widget>.Success(widget);
        };
        Sync();
        Start(workers: 6);
        var random = new Random(5);
        for (var version = 2; version < 5000; version++)
        {
            _partition.Upsert(Widget.Named($"w{random.Next(4)}", $"{version}"));
            if (version % 50 == 0)
                await Task.Yield();
        }

        await Eventually.HoldsAsync(() => _store.List().All(w => last.GetValueOrDefault(w.Metadata.Name) == w.Metadata.ResourceVersion), "every last state is seen");
        Assert.Equal(0, overlaps);
    }

    [Fact]
    public async Task A_failing_object_is_tried_again_with_growing_waits_and_the_others_go_on()
    {
        _reconcile = (widget, _) => widget.Metadata.Name == "a"
            ? throw new InvalidOperationException("broken")
            : Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        Sync(Widget.Named("a"), Widget.Named("b"));
        Start();
        await Eventually.HoldsAsync(() => _metrics.Panics.WithLabels("tests").Value >= 8, "it is tried again", _time);
        Assert.True(_seen.Count(s => s == "a@1") >= 8);
        Assert.Single(_seen, s => s == "b@1");
    }

    [Fact]
    public async Task A_conflict_is_retried_without_counting_as_a_fault()
    {
        var failures = 2;
        _reconcile = (widget, _) => failures-- > 0
            ? throw new ApiException("changed", new ApiError(System.Net.HttpStatusCode.Conflict, "Conflict", ""))
            : Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        Sync(Widget.Named("a"));
        Start();
        await Eventually.HoldsAsync(() => _seen.Count == 3, "it is tried again", _time);
        Assert.Equal(2, _metrics.Conflicts.WithLabels("Widget").Value);
        Assert.Equal(0, _metrics.Panics.WithLabels("tests").Value);
    }

    [Fact]
    public async Task A_terminal_result_is_not_retried_until_the_object_changes()
    {
        _reconcile = (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Terminal(widget, "spec.size: too large"));
        Sync(Widget.Named("a"));
        Start();
        await SeenAsync("a@1");
        _time.Advance(TimeSpan.FromMinutes(30));
        await Eventually.SettleAsync();
        Assert.Single(_seen);
        _partition.Upsert(Widget.Named("a", "2"));
        await SeenAsync("a@1", "a@2");
    }

    [Fact]
    public async Task A_requeue_comes_at_its_time()
    {
        _reconcile = (widget, _) => Task.FromResult(ReconciliationResult<Widget>.Success(widget, TimeSpan.FromSeconds(30)));
        Sync(Widget.Named("a"));
        Start();
        // Seen is not yet done: the time counts from the end.
        await Eventually.HoldsAsync(() => _metrics.Reconciles.WithLabels("tests", "requeue_after").Value == 1, "the first has ended");
        _time.Advance(TimeSpan.FromSeconds(29));
        await Eventually.SettleAsync();
        Assert.Single(_seen);
        _time.Advance(TimeSpan.FromSeconds(2));
        await Eventually.HoldsAsync(() => _seen.Count == 2, "it comes again");
    }

    [Fact]
    public async Task A_reconcile_that_hangs_is_cancelled_and_tried_again()
    {
        var attempts = 0;
        _reconcile = async (widget, cancellationToken) =>
        {
            if (Interlocked.Increment(ref attempts) == 1)
                await Task.Delay(Timeout.InfiniteTimeSpan, cancellationToken);
            return ReconciliationResult<Widget>.Success(widget);
        };
        Sync(Widget.Named("a"));
        Start();
        await SeenAsync("a@1");
        await Eventually.HoldsAsync(() => _seen.Count == 2, "it is tried again", _time, TimeSpan.FromSeconds(5));
        Assert.Equal(1, _metrics.Timeouts.WithLabels("tests").Value);
    }

    [Fact]
    public async Task A_deleted_object_is_told_with_its_last_state_and_forgotten()
    {
        Sync(Widget.Named("a"));
        Start();
        await SeenAsync("a@1");
        _partition.Remove(Widget.Named("a", "5"));
        await SeenAsync("a@1", "-a@1");
    }

    [Fact]
    public async Task An_object_made_anew_under_the_same_name_is_told_as_deleted_first()
    {
        Sync(Widget.Named("a", uid: "old"));
        Start();
        await SeenAsync("a@1");
        _partition.Upsert(Widget.Named("a", "2", uid: "new"));
        await SeenInTurnAsync("a@1", "-a@1", "a@2");
    }

    [Fact]
    public async Task A_successor_that_is_looked_at_before_the_deletion_is_told_waits_for_it()
    {
        Sync(Widget.Named("a", uid: "old"));
        // Told before the loop is: when the deletion is told here, the store shows the successor already, and the loop knows of neither.
        _store.Changed += change =>
        {
            if (change.Kind != StoreChangeKind.Deleted)
                return;
            var looks = Looks();
            _loop!.Enqueue(A);
            Assert.True(SpinWait.SpinUntil(() => Looks() > looks, TimeSpan.FromSeconds(20)));
        };
        Start();
        await SeenAsync("a@1");
        _partition.Upsert(Widget.Named("a", "2", uid: "new"));
        await SeenInTurnAsync("a@1", "-a@1", "a@2");

        double Looks() => _metrics.Reconciles.WithLabels("tests", "success").Value;
    }

    [Fact]
    public async Task Everything_is_looked_at_again_after_the_resync_time()
    {
        Sync(Widget.Named("a"), Widget.Named("b"));
        Start();
        await Eventually.HoldsAsync(() => _seen.Count == 2, "both are seen");
        _time.Advance(TimeSpan.FromMinutes(53));
        await Eventually.SettleAsync();
        Assert.Equal(2, _seen.Count);
        _time.Advance(TimeSpan.FromMinutes(14));
        await Eventually.HoldsAsync(() => _seen.Count == 4, "both are seen again");
    }

    [Fact]
    public async Task A_reconcile_waits_until_the_store_has_seen_what_the_last_one_wrote()
    {
        var wrote = false;
        _reconcile = (widget, _) =>
        {
            if (!wrote)
                _writes.Record(ResourceKind.Of<Widget>(), Widget.Named("child", "50"));
            wrote = true;
            return Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        Sync(Widget.Named("a"));
        Start();
        await SeenAsync("a@1");
        await Eventually.HoldsAsync(() => _writes.Count == 1, "the write is remembered");
        _loop!.Enqueue(A);
        await Eventually.SettleAsync();
        Assert.Single(_seen);
        _partition.Bookmark("51");
        await Eventually.HoldsAsync(() => _seen.Count == 2, "it goes on");
        Assert.Equal(0, _writes.Count);
        Assert.Equal(0, _metrics.StaleReads.WithLabels("Widget").Value);
    }

    [Fact]
    public async Task A_store_that_never_catches_up_does_not_stop_the_reconcile()
    {
        var wrote = false;
        _reconcile = (widget, _) =>
        {
            if (!wrote)
                _writes.Record(ResourceKind.Of<Widget>(), Widget.Named("child", "50"));
            wrote = true;
            return Task.FromResult(ReconciliationResult<Widget>.Success(widget));
        };
        Sync(Widget.Named("a"));
        Start();
        await SeenAsync("a@1");
        await Eventually.HoldsAsync(() => _writes.Count == 1, "the write is remembered");
        _loop!.Enqueue(A);
        await Eventually.HoldsAsync(() => _seen.Count == 2, "it goes on", _time);
        Assert.Equal(1, _metrics.StaleReads.WithLabels("Widget").Value);
    }

    [Fact]
    public async Task A_child_wakes_its_old_and_its_new_owner()
    {
        Sync(Widget.Named("a"), Widget.Named("b"));
        Start(sources: [StoreFeed.Of(_other, null, change => change.States.Select(s => OwnerMapping.ControllerOf(s, ResourceKind.Of<Widget>())).OfType<ObjectKey>(), TimeSpan.Zero)]);
        await Eventually.HoldsAsync(() => _seen.Count == 2, "both are seen");
        _others.Upsert(Child("2", "a"));
        await Eventually.HoldsAsync(() => _seen.Count == 3, "the owner is woken");
        _others.Upsert(Child("3", "b"));
        await Eventually.HoldsAsync(() => _seen.Count == 5, "both are woken");
        Assert.Equal(["a@1", "b@1"], _seen.Skip(3).Order(StringComparer.Ordinal));
        _others.Upsert(Child("4", null));
        await Eventually.HoldsAsync(() => _seen.Count == 6, "the last owner is woken");
        Assert.Equal("b@1", _seen.Last());
    }

    [Fact]
    public async Task A_debounced_source_makes_one_reconcile_of_many_changes()
    {
        Sync(Widget.Named("a"));
        Start(sources: [StoreFeed.Of(_other, null, _ => [A], TimeSpan.FromMilliseconds(100))]);
        await SeenAsync("a@1");
        for (var version = 2; version < 50; version++)
            _others.Upsert(Child($"{version}", "a"));
        await Eventually.SettleAsync();
        Assert.Single(_seen);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        await Eventually.HoldsAsync(() => _seen.Count == 2, "it is seen");
        _time.Advance(TimeSpan.FromSeconds(10));
        await Eventually.SettleAsync();
        Assert.Equal(2, _seen.Count);
    }

    private static V1ConfigMap Child(string version, string? owner) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = "child",
            NamespaceProperty = "default",
            Uid = "child",
            ResourceVersion = version,
            OwnerReferences = owner is null ? null : [OwnerMapping.OwnerReferenceTo(Widget.Named(owner))],
        },
    };

    private void Sync(params Widget[] widgets)
    {
        _partition.Replace(widgets, "1");
        _others.Replace([], "1");
    }

    private void Start(int workers = 2, IReadOnlyList<ControllerSource>? sources = null)
    {
        _loop = new ControllerLoop<Widget>(
            new ControllerOptions { Name = "tests", Workers = workers, DrainTimeout = TimeSpan.FromSeconds(5), Queue = new WorkQueueOptions { RetriesPerSecond = 1000 } },
            _store,
            [StoreFeed.Of(_store, null, change => [change.Key], TimeSpan.Zero), .. sources ?? []],
            [_other],
            (widget, deleted, cancellationToken) =>
            {
                _seen.Enqueue($"{(deleted ? "-" : "")}{widget.Metadata.Name}@{widget.Metadata.ResourceVersion}");
                return deleted ? Task.FromResult(ReconciliationResult<Widget>.Success(widget)) : _reconcile(widget, cancellationToken);
            },
            _writes,
            NullLogger.Instance,
            _time,
            _metrics);
        _running = Task.Run(async () =>
        {
            try
            {
                await _loop.RunAsync(_stop.Token);
            }
            catch (OperationCanceledException)
            {
                // Stopped before its stores were synced.
            }
        });
    }

    private async Task StopAsync()
    {
        await _stop.CancelAsync();
        await Eventually.HoldsAsync(() => _running.IsCompleted, "the loop ends", _time);
        await _running;
    }

    private Task SeenAsync(params string[] expected) => SeenAsync(() => _seen, expected);

    /// <summary>As <see cref="SeenAsync(string[])"/>, where looking at the same state twice is no fault.</summary>
    private Task SeenInTurnAsync(params string[] expected) =>
        SeenAsync(() => _seen.Where((state, i) => i == 0 || state != _seen.ElementAt(i - 1)), expected);

    private Task SeenAsync(Func<IEnumerable<string>> seen, string[] expected) => Eventually.HoldsAsync(
        () => seen().SequenceEqual(expected, StringComparer.Ordinal), $"seen: {string.Join(", ", expected)}", otherwise: () => string.Join(", ", _seen));
}
