using Microsoft.Extensions.Time.Testing;
using MockOperator.Resources;
using MockOperator.Runtime.Quotas;
using MockOperator.Runtime.Tests.Hosting;

namespace MockOperator.Runtime.Tests.Quotas;

public sealed class CallMeterTests
{
    private readonly MeteredMock _mock = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public void Nothing_is_answered_before_anything_is_granted() => Assert.False(_mock.TryTake());

    [Fact]
    public void As_many_calls_are_answered_as_are_granted()
    {
        QuotaReport report = _mock.Exchange(0, MeteredMock.Grant(5));
        Assert.Equal((MeteredMock.Instance, 5, 5), (report.Instance, report.Meters![0].Granted, report.Meters[0].Unspent));
        Assert.Equal(5, _mock.TakeAll());
    }

    [Fact]
    public void A_grant_that_comes_twice_or_late_is_taken_once()
    {
        _mock.Exchange(0, MeteredMock.Grant(5));
        _mock.Exchange(1, MeteredMock.Grant(9));
        _mock.Exchange(1, MeteredMock.Grant(9));
        _mock.Exchange(0, MeteredMock.Grant(5));
        Assert.Equal(9, _mock.TakeAll());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("another process")]
    public void What_is_granted_to_another_process_is_not_taken(string? instance)
    {
        QuotaReport report = MeteredMock.Exchange(_mock.Meter, MeteredMock.Say(7, MeteredMock.Grant(5)) with { Instance = instance, WaitSeconds = 30 });
        Assert.Equal(MeteredMock.Instance, report.Instance);
        Assert.Equal(0, _mock.TakeAll());
    }

    [Fact]
    public void Every_quota_must_have_something_left_and_none_is_charged_for_the_others()
    {
        _mock.Meter.Follow([MeteredMock.Reference(MeteredMock.Uid), MeteredMock.Reference("u2")]);
        _mock.Exchange(0, MeteredMock.Grant(5), MeteredMock.Grant(2) with { Quota = "u2" });
        Assert.Equal(2, _mock.TakeAll());
        Assert.Equal([3, 0], _mock.Meter.Allotments.Select(static allotment => allotment.Unspent));
    }

    [Fact]
    public void A_call_that_is_given_back_can_be_answered_again()
    {
        _mock.Exchange(0, MeteredMock.Grant(1));
        Allotment[] taken = _mock.Meter.TryTake(_mock.Time.GetTimestamp())!;
        Assert.False(_mock.TryTake());
        CallMeter.GiveBack(taken);
        Assert.Equal(1, _mock.TakeAll());
    }

    [Fact]
    public void When_the_period_ends_the_rest_is_given_back_and_the_next_is_asked_for()
    {
        _mock.Exchange(0, MeteredMock.Grant(5));
        Assert.True(_mock.TryTake());
        _mock.Time.Advance(TimeSpan.FromHours(1));
        Assert.False(_mock.TryTake());
        QuotaReport report = _mock.Exchange(1);
        Assert.Equal(
            [
                new QuotaMeterReport { Quota = "u1", IsWanting = true, Rate = report.Meters![0].Rate },
                new QuotaMeterReport { Quota = "u1", Period = "2026-11", Granted = 5, Returned = 4, IsClosed = true },
            ],
            report.Meters);
        Assert.Equal(3, _mock.Exchange(report.Sequence, MeteredMock.Grant(3, "2026-12")).Meters!.Single().Unspent);
    }

    [Fact]
    public void Another_period_closes_the_one_before()
    {
        _mock.Exchange(0, MeteredMock.Grant(5));
        QuotaReport report = _mock.Exchange(1, MeteredMock.Grant(2, "2026-11-26"));
        Assert.Equal([("2026-11-26", 2L, 0L, false), ("2026-11", 5L, 5L, true)], report.Meters!.Select(static meter => (meter.Period, meter.Granted, meter.Returned, meter.IsClosed)));
        Assert.Equal(2, _mock.TakeAll());
    }

    [Fact]
    public void A_late_grant_of_a_period_that_has_ended_is_not_taken()
    {
        _mock.Exchange(0, MeteredMock.Grant(5));
        _mock.Time.Advance(TimeSpan.FromHours(1));
        _mock.Exchange(1);
        _mock.Exchange(1, MeteredMock.Grant(25));
        Assert.Equal(0, _mock.TakeAll());
    }

    [Fact]
    public void A_grant_of_a_period_that_is_long_forgotten_is_not_taken()
    {
        QuotaInstruction first = MeteredMock.Grant(5, "period-0");
        long heard = _mock.Exchange(0, first).Sequence;
        for (int period = 1; period < ClosedAllotments.Capacity + 3; period++)
        {
            heard = _mock.Exchange(heard, MeteredMock.Grant(5, $"period-{period}")).Sequence;
        }

        _mock.Exchange(1, first);
        Assert.Equal(5, _mock.TakeAll());
        Assert.Equal($"period-{ClosedAllotments.Capacity + 2}", _mock.Meter.Allotments[0].Period);
    }

    [Fact]
    public void An_admitted_call_allocates_nothing()
    {
        var limits = new CallLimits(MeteredMock.Instance, _mock.Time);
        limits.Follow([MeteredMock.Reference(MeteredMock.Uid)], new RateLimitSpec { Requests = 1_000_000, Per = "1s" });
        MeteredMock.Exchange(limits.Meter, MeteredMock.Say(0, MeteredMock.Grant(1_000_000)));
        var pass = new CallPass();
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            // Now and then the runtime allocates something on the thread whose method it compiles again.
            long before = GC.GetAllocatedBytesForCurrentThread();
            Call(10_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);

        void Call(int times)
        {
            for (int call = 0; call < times; call++)
            {
                Assert.True(pass.TryEnter(limits, _mock.Time.GetTimestamp(), out CallRefusal? refused) && refused is null);
                pass.End(isAnswered: true);
            }
        }
    }

    [Fact]
    public void A_call_that_is_given_back_after_the_end_of_its_period_counts_as_answered()
    {
        _mock.Exchange(0, MeteredMock.Grant(5));
        Allotment[] taken = _mock.Meter.TryTake(_mock.Time.GetTimestamp())!;
        _mock.Time.Advance(TimeSpan.FromHours(1));
        QuotaMeterReport closed = _mock.Exchange(1).Meters!.Single(static meter => meter.IsClosed);
        CallMeter.GiveBack(taken);
        Assert.Equal(closed, _mock.Exchange(1).Meters!.Single(static meter => meter.IsClosed));
        Assert.Equal(4, closed.Returned);
    }

    [Fact]
    public void What_the_operator_asks_back_is_given_back_and_not_asked_for_again_until_a_call_comes()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        QuotaReport report = _mock.Exchange(1, MeteredMock.Grant(10) with { Keep = 0 });
        Assert.Equal((10, 0, false), (report.Meters![0].Returned, report.Meters[0].Unspent, report.Meters[0].IsWanting));
        Assert.False(_mock.TryTake());
        Assert.True(_mock.Exchange(report.Sequence).Meters![0].IsWanting);
    }

    [Fact]
    public void A_quota_that_the_mock_loses_is_told_until_it_was_heard()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        _mock.TryTake();
        _mock.Meter.Follow([]);
        Assert.False(_mock.Meter.IsNeeded);
        QuotaReport report = _mock.Exchange(1);
        Assert.Equal((9, true), (report.Meters!.Single().Returned, report.Meters!.Single().IsClosed));
        Assert.Equal(report, _mock.Exchange(1) with { Meters = report.Meters });
        Assert.Empty(_mock.Exchange(report.Sequence).Meters!);
    }

    [Fact]
    public void A_quota_that_comes_back_in_its_period_goes_on_with_its_books()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        _mock.TryTake();
        _mock.Meter.Follow([]);
        long told = _mock.Exchange(1).Sequence;
        _mock.Meter.Follow([MeteredMock.Reference(MeteredMock.Uid)]);

        // This was under way when the quota was lost.
        _mock.Exchange(1, MeteredMock.Grant(15));
        Assert.Equal(0, _mock.TakeAll());

        QuotaMeterReport meter = _mock.Exchange(told, MeteredMock.Grant(15)).Meters!.Single();
        Assert.Equal((15, 9, 5), (meter.Granted, meter.Returned, meter.Unspent));
        Assert.Equal(5, _mock.TakeAll());
    }

    [Fact]
    public void An_edit_that_keeps_the_quota_keeps_what_was_granted()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        _mock.Meter.Follow([MeteredMock.Reference("u0"), MeteredMock.Reference(MeteredMock.Uid)]);
        Assert.Equal([0, 10], _mock.Meter.Allotments.Select(static allotment => allotment.Unspent));
    }

    [Fact]
    public async Task An_exchange_is_answered_when_the_block_runs_low_and_not_again_before_more_is_granted()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        Task<QuotaReport> open = _mock.Meter.ExchangeAsync(MeteredMock.Say(1, MeteredMock.Grant(10)) with { WaitSeconds = 30 }, Cancel);
        for (int call = 0; call < 6; call++)
        {
            Assert.True(_mock.TryTake());
        }

        Assert.False(open.IsCompleted);
        Assert.True(_mock.TryTake());
        QuotaReport report = await open;
        Assert.Equal((3, true), (report.Meters![0].Unspent, report.Meters[0].IsWanting));

        // The operator has heard it and can grant nothing: it is not told again at once.
        Task<QuotaReport> next = _mock.Meter.ExchangeAsync(MeteredMock.Say(report.Sequence, MeteredMock.Grant(10)) with { WaitSeconds = 30 }, Cancel);
        Assert.Equal(3, _mock.TakeAll());
        Assert.False(next.IsCompleted);
        _mock.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(0, (await next).Meters![0].Unspent);
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_given_again_at_once()
    {
        QuotaReport lost = _mock.Exchange(0);
        Task<QuotaReport> again = _mock.Meter.ExchangeAsync(MeteredMock.Say(0) with { WaitSeconds = 30 }, Cancel);
        Assert.Equal(lost.Sequence, (await again).Sequence);
    }

    [Fact]
    public async Task A_newer_exchange_ends_the_one_before()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        Task<QuotaReport> first = _mock.Meter.ExchangeAsync(MeteredMock.Say(1, MeteredMock.Grant(10)) with { WaitSeconds = 30 }, Cancel);
        Task<QuotaReport> second = _mock.Meter.ExchangeAsync(MeteredMock.Say(1, MeteredMock.Grant(10)) with { WaitSeconds = 30 }, Cancel);
        await first;
        Assert.False(second.IsCompleted);
        _mock.Time.Advance(TimeSpan.FromSeconds(30));
        await second;
    }

    [Fact]
    public async Task An_exchange_is_answered_when_the_period_ends()
    {
        _mock.Exchange(0, MeteredMock.Grant(10) with { EndsInMilliseconds = 2_000 });
        Task<QuotaReport> open = _mock.Meter.ExchangeAsync(MeteredMock.Say(1, MeteredMock.Grant(10) with { EndsInMilliseconds = 2_000 }) with { WaitSeconds = 30 }, Cancel);
        _mock.Time.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(10, (await open).Meters!.Single(static meter => meter.IsClosed).Returned);
    }

    [Fact]
    public async Task The_last_word_gives_everything_back()
    {
        _mock.Exchange(0, MeteredMock.Grant(10));
        _mock.TryTake();
        Task<QuotaReport> open = _mock.Meter.ExchangeAsync(MeteredMock.Say(1, MeteredMock.Grant(10)) with { WaitSeconds = 30 }, Cancel);
        _mock.Meter.End();
        QuotaReport report = await open;
        Assert.True(report.IsFinal);
        Assert.Equal((9, 0, true), (report.Meters!.Single().Returned, report.Meters!.Single().Unspent, report.Meters!.Single().IsClosed));
        Assert.False(_mock.TryTake());
        Assert.True(_mock.Exchange(report.Sequence, MeteredMock.Grant(20)).IsFinal);
        Assert.False(_mock.TryTake());
        Assert.False(_mock.Meter.Farewell.IsCompleted);
        _mock.Meter.Sent(report);
        Assert.True(_mock.Meter.Farewell.IsCompleted);
    }

    [Fact]
    public async Task A_call_waits_for_a_grant_while_the_operator_is_there()
    {
        _mock.Exchange(0);
        Task<(Allotment[]? Taken, CallRefusal? Refused)>[] calls = [.. Enumerable.Range(0, 3).Select(_ => _mock.Meter.TakeAsync(Cancel).AsTask())];
        Assert.Equal(3, _mock.Meter.Waiting);
        _mock.Exchange(1, MeteredMock.Grant(2));
        await Eventually.IsTrueAsync(() => calls.Count(static call => call.IsCompleted) == 2, "two calls go on");
        while (!calls.All(static call => call.IsCompleted))
        {
            _mock.Time.Advance(CallMeter.Patience);
            await Task.Delay(1, Cancel);
        }

        (Allotment[]? Taken, CallRefusal? Refused)[] ends = await Task.WhenAll(calls);
        Assert.Equal(2, ends.Count(static end => end.Taken is not null));
        Assert.Equal(LimitReason.NoGrant, ends.Single(static end => end.Taken is null).Refused!.Reason);
        Assert.Equal(0, _mock.Meter.Waiting);
    }

    [Fact]
    public async Task A_waiting_call_is_refused_when_the_operator_says_that_nothing_is_left()
    {
        _mock.Exchange(0);
        Task<(Allotment[]? Taken, CallRefusal? Refused)> call = _mock.Meter.TakeAsync(Cancel).AsTask();
        _mock.Exchange(1, MeteredMock.Grant(0) with { IsExhausted = true, Limit = 1_000 });
        CallRefusal refusal = (await call).Refused!;
        Assert.Equal((LimitReason.Quota, 3600), (refusal.Reason, refusal.RetryAfterSeconds));
        Assert.Equal("Usage limit reached. The quota shop-calls allows 1000 calls a month; it is reset at 2000-01-01T01:00:00Z.", refusal.Message);
    }

    [Fact]
    public async Task A_caller_that_leaves_waits_no_more()
    {
        using var left = new CancellationTokenSource();
        _mock.Exchange(0);
        Task<(Allotment[]? Taken, CallRefusal? Refused)> call = _mock.Meter.TakeAsync(left.Token).AsTask();
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.Equal(0, _mock.Meter.Waiting);
    }

    [Fact]
    public async Task Only_so_many_calls_wait()
    {
        _mock.Exchange(0);
        Task<(Allotment[]? Taken, CallRefusal? Refused)>[] calls = [.. Enumerable.Range(0, CallMeter.MostWaiting + 1).Select(_ => _mock.Meter.TakeAsync(Cancel).AsTask())];
        Assert.Equal(CallMeter.MostWaiting, calls.Count(static call => !call.IsCompleted));
        Assert.Equal(LimitReason.NoGrant, (await calls[^1]).Refused!.Reason);
        _mock.Exchange(1, MeteredMock.Grant(MockQuotaSpec.MaxCalls));
        await Task.WhenAll(calls);
    }

    [Fact]
    public async Task Without_the_operator_calls_are_refused_at_once() =>
        Assert.Equal(LimitReason.NoGrant, (await _mock.Meter.TakeAsync(Cancel)).Refused!.Reason);

    [Fact]
    public async Task Without_the_operator_calls_are_answered_where_that_is_allowed_and_told_later()
    {
        var mock = new MeteredMock(ExhaustedGrant.Allow);
        mock.Exchange(0, MeteredMock.Grant(1));
        Assert.True(mock.TryTake());
        mock.Time.Advance(CallMeter.Presence);
        Assert.NotNull((await mock.Meter.TakeAsync(Cancel)).Taken);
        Assert.NotNull((await mock.Meter.TakeAsync(Cancel)).Taken);
        QuotaMeterReport meter = mock.Exchange(1).Meters!.Single();
        Assert.Equal((-2, true), (meter.Unspent, meter.IsWanting));
        Assert.Equal(1, mock.Exchange(2, MeteredMock.Grant(4)).Meters!.Single().Unspent);
    }

    [Fact]
    public void The_rate_falls_with_time_and_not_with_how_often_it_is_asked_for()
    {
        var time = new FakeTimeProvider();
        var rate = new CallRate(time);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(100, rate.Of(100));
        time.Advance(TimeSpan.FromSeconds(10));
        Assert.InRange(rate.Of(100), 0, 0.1);
    }

    [Fact]
    public void The_rate_follows_a_burst_at_once_and_falls_slowly()
    {
        var time = new FakeTimeProvider();
        var rate = new CallRate(time);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(100, rate.Of(100));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(50, rate.Of(100));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(25, rate.Of(100));
        time.Advance(TimeSpan.FromSeconds(0.5));
        Assert.Equal(200, rate.Of(200));
    }

    [Theory]
    [InlineData("2026-11", "month", 30 * 86400)]
    [InlineData("2026-02", "month", 28 * 86400)]
    [InlineData("2026-W48", "week", 7 * 86400)]
    [InlineData("2026-11-26", "day", 86400)]
    [InlineData("2026-11-26T17+0000", "hour", 3600)]
    [InlineData("2026-99", "month", 0)]
    [InlineData("?", "period", 0)]
    public void The_name_of_a_period_says_how_long_it_lasts(string name, string kind, int seconds) => Assert.Equal((kind, seconds), (PeriodName.Kind(name), PeriodName.Seconds(name)));
}
