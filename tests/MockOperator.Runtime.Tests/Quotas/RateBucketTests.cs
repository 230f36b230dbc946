using CsCheck;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Quotas;

namespace MockOperator.Runtime.Tests.Quotas;

public sealed class RateBucketTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void So_many_calls_come_at_once_and_then_one_by_one()
    {
        RateBucket bucket = Bucket(120, "1m");
        Assert.Equal(120, TakeAll(bucket));
        Assert.False(bucket.TryTake(_time.GetTimestamp(), out TimeSpan wait));
        Assert.Equal(TimeSpan.FromSeconds(0.5), wait);
        _time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(1, TakeAll(bucket));
        _time.Advance(TimeSpan.FromHours(5));
        Assert.Equal(120, TakeAll(bucket));
    }

    [Theory]
    [InlineData(120, 4, 30)]
    [InlineData(3, 10, 1)]
    [InlineData(10, 3, 3)]
    public void The_limit_is_divided_among_the_pods_that_are_ready(long requests, int pods, int each)
    {
        RateBucket bucket = Bucket(requests, null);
        bucket.Divide(pods);
        Assert.Equal(each, TakeAll(bucket));
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(each, TakeAll(bucket));
        bucket.Divide(1);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(requests, TakeAll(bucket));
    }

    [Fact]
    public void What_is_left_and_when_it_is_full_again_is_told()
    {
        RateBucket bucket = Bucket(60, "1m");
        Assert.Equal((60, TimeSpan.Zero), bucket.Look(_time.GetTimestamp()));
        Assert.True(bucket.TryTake(_time.GetTimestamp(), out _));
        Assert.Equal((59, TimeSpan.FromSeconds(1)), bucket.Look(_time.GetTimestamp()));
    }

    [Fact]
    public void In_no_time_more_come_through_than_a_full_bucket_and_what_is_filled_in() =>
        Gen.Select(Gen.Long[1, 5000], Gen.Int[1, 600], Gen.Int[1, 20], Gen.Select(Gen.Int[0, 5_000], Gen.Int[0, 300]).Array[1, 60]).Sample((requests, seconds, pods, calls) =>
        {
            var time = new FakeTimeProvider();
            var bucket = new RateBucket(new RateLimitSpec { Requests = requests, Per = $"{seconds}s" }, time);
            bucket.Divide(pods);
            long part = Math.Max(1, requests / pods);
            double elapsed = 0;
            long taken = 0;
            foreach ((int pause, int count) in calls)
            {
                time.Advance(TimeSpan.FromMilliseconds(pause));
                elapsed += pause / 1000.0;
                for (int call = 0; call < count; call++)
                {
                    taken += bucket.TryTake(time.GetTimestamp(), out _) ? 1 : 0;
                }

                Assert.True(taken <= part + (elapsed * part / seconds) + 1 + (taken * 1e-3));
            }
        });

    [Fact]
    public void The_largest_limit_is_kept_to_a_tenth()
    {
        var bucket = new RateBucket(new RateLimitSpec { Requests = 1_000_000_000, Per = "24h" }, TimeProvider.System);
        Assert.True(bucket.TryTake(TimeProvider.System.GetTimestamp(), out _));
        Assert.InRange(bucket.Look(TimeProvider.System.GetTimestamp()).Remaining, 999_999_000, 1_000_000_000);
    }

    [Fact]
    public void Exactly_so_many_calls_are_taken_however_many_threads_take()
    {
        RateBucket bucket = Bucket(100_000, "1m");
        long now = _time.GetTimestamp();
        long taken = 0;
        Thread[] callers = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            while (bucket.TryTake(now, out TimeSpan _))
            {
                Interlocked.Increment(ref taken);
            }
        }))];
        Array.ForEach(callers, static caller => caller.Start());
        Array.ForEach(callers, static caller => caller.Join());
        Assert.Equal(100_000, taken);
    }

    private RateBucket Bucket(long requests, string? per) => new(new RateLimitSpec { Requests = requests, Per = per }, _time);

    private int TakeAll(RateBucket bucket)
    {
        int taken = 0;
        while (bucket.TryTake(_time.GetTimestamp(), out _))
        {
            taken++;
        }

        return taken;
    }
}
