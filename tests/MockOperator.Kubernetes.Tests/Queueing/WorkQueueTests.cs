using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Kubernetes.Queueing;
using MockOperator.Kubernetes.Tests.Server;

namespace MockOperator.Kubernetes.Tests.Queueing;

public sealed class WorkQueueTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly WorkQueue<string> _queue;

    public WorkQueueTests() => _queue = new WorkQueue<string>(null, _time);

    public void Dispose() => _queue.Dispose();

    [Fact]
    public void Any_sequence_of_calls_does_what_the_model_does()
    {
        var step = Gen.Select(Gen.Int[0, 9], Gen.Int[0, 4], Gen.Int[1, 30], (what, key, amount) => (What: what, Key: key, Amount: amount));
        step.Array[0, 400].Sample(
            steps =>
            {
                var time = new FakeTimeProvider();
                using var queue = new WorkQueue<int>(new WorkQueueOptions { RetriesPerSecond = 1e9, RetryBurst = int.MaxValue }, time);
                var model = new WorkQueueModel();
                foreach (var (what, key, amount) in steps)
                {
                    switch (what)
                    {
                        case 0 or 1:
                            queue.Add(key);
                            model.Add(key, QueuePriority.Normal);
                            break;
                        case 2:
                            queue.Add(key, QueuePriority.Low);
                            model.Add(key, QueuePriority.Low);
                            break;
                        case 3:
                            queue.AddAfter(key, TimeSpan.FromMilliseconds(amount));
                            model.AddAfter(key, amount);
                            break;
                        case 4:
                            queue.AddRateLimited(key);
                            model.AddAfter(key, (int)Backoff.OfKeys.After(model.Fail(key)).TotalMilliseconds);
                            break;
                        case 5 or 6:
                            // The queue says whether there is something to take; the model must agree on what.
                            Assert.Equal(model.Depth, queue.Depth);
                            if (model.Take() is { } expected)
                                Assert.Equal((true, expected), queue.TakeAsync().AsTask().GetAwaiter().GetResult());
                            break;
                        case 7:
                            if (model.Working.Count > 0)
                            {
                                var done = model.Working.Order().ElementAt(key % model.Working.Count);
                                queue.Done(done);
                                model.Done(done);
                            }

                            break;
                        case 8:
                            time.Advance(TimeSpan.FromMilliseconds(amount));
                            model.Advance(amount);
                            break;
                        default:
                            queue.Forget(key);
                            model.Failures.Remove(key);
                            break;
                    }

                    Assert.Equal(model.Depth, queue.Depth);
                    Assert.Equal(model.Failures.GetValueOrDefault(key), queue.Failures(key));
                    Assert.Equal(model.KnownKeys, queue.KnownKeys);
                }
            },
            iter: 1000);
    }

    [Fact]
    public async Task A_key_is_never_with_two_workers_and_no_add_is_lost()
    {
        const int Keys = 7, Adds = 20_000;
        using var queue = new WorkQueue<int>(null, TimeProvider.System);
        var wanted = new int[Keys];
        var seen = new int[Keys];
        var busy = new int[Keys];
        var overlaps = 0;
        var workers = Enumerable.Range(0, 6).Select(_ => Task.Run(async () =>
        {
            while (await queue.TakeAsync() is (true, var key))
            {
                if (Interlocked.Increment(ref busy[key]) != 1)
                    Interlocked.Increment(ref overlaps);
                Volatile.Write(ref seen[key], Volatile.Read(ref wanted[key]));
                if (key % 2 == 0)
                    await Task.Yield();
                Interlocked.Decrement(ref busy[key]);
                queue.Done(key);
            }
        })).ToList();
        var adders = Enumerable.Range(0, 3).Select(n => Task.Run(() =>
        {
            var random = new Random(n);
            for (var i = 0; i < Adds; i++)
            {
                var key = random.Next(Keys);
                Interlocked.Increment(ref wanted[key]);
                queue.Add(key, random.Next(2) == 0 ? QueuePriority.Low : QueuePriority.Normal);
            }
        }));
        await Task.WhenAll(adders).InTimeAsync("all are added");
        // The last reconcile of each key began after its last add.
        await Eventually.HoldsAsync(() => wanted.SequenceEqual(seen), "every change is seen");
        Assert.True(await queue.DrainAsync(TimeSpan.FromSeconds(10)));
        await Task.WhenAll(workers).InTimeAsync("workers end");
        Assert.Equal(0, overlaps);
        Assert.Equal(0, queue.KnownKeys);
    }

    [Fact]
    public async Task What_happened_goes_before_what_was_there_at_the_start()
    {
        _queue.Add("initial-1", QueuePriority.Low);
        _queue.Add("initial-2", QueuePriority.Low);
        _queue.Add("edit");
        _queue.Add("initial-2");
        Assert.Equal(["edit", "initial-2", "initial-1"], await TakeAllAsync(3));
    }

    [Fact]
    public async Task Of_two_delays_the_earlier_counts()
    {
        _queue.AddAfter("a", TimeSpan.FromSeconds(10));
        _queue.AddAfter("a", TimeSpan.FromSeconds(2));
        _queue.AddAfter("a", TimeSpan.FromSeconds(20));
        _time.Advance(TimeSpan.FromSeconds(1.9));
        Assert.Equal(0, _queue.Depth);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        Assert.Equal(["a"], await TakeAllAsync(1));
        _queue.Done("a");
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(0, _queue.Depth);
        Assert.Equal(0, _queue.KnownKeys);
    }

    [Fact]
    public async Task Retries_wait_twice_as_long_each_time_up_to_the_cap_until_forgotten()
    {
        double[] expected = [5, 10, 20, 40, 80];
        foreach (var milliseconds in expected)
        {
            _queue.AddRateLimited("a");
            _time.Advance(TimeSpan.FromMilliseconds(milliseconds - 1));
            Assert.Equal(0, _queue.Depth);
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, _queue.Depth);
            Assert.True((await _queue.TakeAsync(TestContext.Current.CancellationToken)).Taken);
            _queue.Done("a");
        }

        Assert.Equal(TimeSpan.FromMinutes(5), Backoff.OfKeys.After(1000));
        _queue.Forget("a");
        Assert.Equal(0, _queue.KnownKeys);
    }

    [Fact]
    public void When_everything_fails_at_once_retries_are_spread()
    {
        for (var i = 0; i < 150; i++)
            _queue.AddRateLimited($"k{i}");
        _time.Advance(TimeSpan.FromMilliseconds(10));
        Assert.InRange(_queue.Depth, 100, 101);
        _time.Advance(TimeSpan.FromMilliseconds(500));
        Assert.InRange(_queue.Depth, 120, 130);
        _time.Advance(TimeSpan.FromMilliseconds(600));
        Assert.Equal(150, _queue.Depth);
    }

    [Fact]
    public async Task A_shut_down_queue_wakes_all_takers_and_takes_nothing()
    {
        var takers = Enumerable.Range(0, 5).Select(_ => _queue.TakeAsync().AsTask()).ToList();
        _queue.ShutDown();
        Assert.All(await Task.WhenAll(takers).InTimeAsync("all takers wake"), taken => Assert.False(taken.Taken));
        _queue.Add("a");
        _queue.AddAfter("a", TimeSpan.FromSeconds(1));
        _queue.AddRateLimited("a");
        Assert.Equal(0, _queue.Depth);
    }

    [Fact]
    public async Task Draining_waits_for_running_work_but_not_for_ever()
    {
        _queue.Add("a");
        _queue.Add("b");
        Assert.True((await _queue.TakeAsync(TestContext.Current.CancellationToken)).Taken);
        var drain = _queue.DrainAsync(TimeSpan.FromSeconds(5));
        Assert.False(drain.IsCompleted);
        _queue.Done("a");
        Assert.True(await drain.InTimeAsync("the queue drains"));

        using var stuck = new WorkQueue<string>(null, _time);
        stuck.Add("a");
        await stuck.TakeAsync(TestContext.Current.CancellationToken);
        drain = stuck.DrainAsync(TimeSpan.FromSeconds(5));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.False(await drain.InTimeAsync("the wait runs out"));
    }

    [Fact]
    public async Task A_cancelled_taker_takes_nothing_with_it()
    {
        using var cancel = new CancellationTokenSource();
        var taker = _queue.TakeAsync(cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => taker.InTimeAsync("the taker ends"));
        _queue.Add("a");
        Assert.Equal(["a"], await TakeAllAsync(1));
    }

    [Fact]
    public void Done_without_taking_is_an_error_in_the_caller() => Assert.Throws<InvalidOperationException>(() => _queue.Done("a"));

    [Fact]
    public async Task Raising_and_delaying_again_and_again_keeps_memory_that_of_the_live_keys()
    {
        for (var i = 0; i < 10_000; i++)
        {
            _queue.Add("a", QueuePriority.Low);
            _queue.Add("a");
            Assert.Equal("a", (await _queue.TakeAsync(TestContext.Current.CancellationToken)).Key);
            _queue.Done("a");
            _queue.AddAfter("b", TimeSpan.FromSeconds(20_000 - i));
        }

        Assert.Equal(1, _queue.KnownKeys);
        Assert.InRange(_queue.HeapSizes.Ready, 0, 40);
        Assert.InRange(_queue.HeapSizes.Delayed, 1, 40);
    }

    private async Task<List<string>> TakeAllAsync(int count)
    {
        var keys = new List<string>();
        for (var i = 0; i < count; i++)
            keys.Add((await _queue.TakeAsync().AsTask().InTimeAsync("a key is there")).Key);
        return keys;
    }
}
