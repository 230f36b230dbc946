using System.Net;
using Microsoft.Extensions.Time.Testing;
using MockOperator.Runtime.Access;

namespace MockOperator.Runtime.Tests.Access;

public sealed class FailureThrottleTests
{
    private static readonly IPAddress Attacker = IPAddress.Parse("192.0.2.7");
    private static readonly IPAddress Honest = IPAddress.Parse("192.0.2.8");
    private readonly FakeTimeProvider _time = new();
    private readonly FailureThrottle _throttle;

    public FailureThrottleTests() => _throttle = new FailureThrottle(_time, seed: 42);

    private int Guess(IPAddress? client, int times) => Enumerable.Range(0, times).Count(guess => _throttle.Admits(client, isRight: false, _time.GetTimestamp(), out _));

    [Fact]
    public void An_address_has_a_budget_of_wrong_keys() => Assert.Equal(FailureThrottle.Burst, Guess(Attacker, 1000));

    [Fact]
    public void The_budget_refills_with_time()
    {
        Guess(Attacker, 1000);
        _time.Advance(FailureThrottle.Refill);
        Assert.Equal(1, Guess(Attacker, 1000));
        _time.Advance(FailureThrottle.Refill * 1000);
        Assert.Equal(FailureThrottle.Burst, Guess(Attacker, 1000));
    }

    [Fact]
    public void Guessing_for_an_hour_gets_one_verdict_a_second()
    {
        var looked = 0;
        for (var second = 0; second < 3600; second++)
        {
            looked += Guess(Attacker, 10);
            _time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.InRange(looked, 3600, 3600 + FailureThrottle.Burst);
    }

    [Fact]
    public void A_blocked_address_learns_nothing_even_from_a_right_key()
    {
        Guess(Attacker, 1000);
        Assert.False(_throttle.Admits(Attacker, isRight: true, _time.GetTimestamp(), out var wait));
        Assert.Equal(FailureThrottle.Refill, wait);
        _time.Advance(wait);
        Assert.True(_throttle.Admits(Attacker, isRight: true, _time.GetTimestamp(), out _));
    }

    [Fact]
    public void Others_are_not_slowed()
    {
        Guess(Attacker, 1000);
        Assert.True(_throttle.Admits(Honest, isRight: true, _time.GetTimestamp(), out _));
        Assert.True(_throttle.Admits(Honest, isRight: false, _time.GetTimestamp(), out _));
    }

    [Fact]
    public void An_address_shared_with_honest_callers_is_not_locked_out()
    {
        Assert.True(_throttle.Admits(Honest, isRight: true, _time.GetTimestamp(), out _));
        Assert.Equal(FailureThrottle.Burst, Guess(Honest, 1000));
        Assert.True(_throttle.Admits(Honest, isRight: true, _time.GetTimestamp(), out _));
        _time.Advance(FailureThrottle.Vouch);
        Guess(Honest, 1000);
        Assert.False(_throttle.Admits(Honest, isRight: true, _time.GetTimestamp(), out _));
    }

    [Fact]
    public void A_busy_address_stays_vouched_for()
    {
        for (var minute = 0; minute < 60; minute++)
        {
            Guess(Honest, 100);
            if (minute == 0)
                _time.Advance(TimeSpan.FromMinutes(1));
            Assert.True(_throttle.Admits(Honest, isRight: true, _time.GetTimestamp(), out _));
            _time.Advance(TimeSpan.FromMinutes(1));
        }
    }

    [Fact]
    public void An_IPv4_address_is_one_address_in_either_form()
    {
        Guess(Attacker, 1000);
        Assert.Equal(0, Guess(Attacker.MapToIPv6(), 1000));
    }

    [Fact]
    public void The_addresses_of_an_IPv6_network_share_a_budget()
    {
        Guess(IPAddress.Parse("2001:db8:1:2::1"), 1000);
        Assert.Equal(0, Guess(IPAddress.Parse("2001:db8:1:2:ffff::2"), 1000));
        Assert.Equal(FailureThrottle.Burst, Guess(IPAddress.Parse("2001:db8:1:3::1"), 1000));
    }

    [Fact]
    public void An_unknown_address_is_one_address()
    {
        Guess(null, 1000);
        Assert.Equal(0, Guess(null, 1000));
    }

    [Fact]
    public void A_flood_of_addresses_takes_no_memory()
    {
        for (var number = 0; number < FailureThrottle.Capacity; number++)
            _throttle.Admits(new IPAddress(number), isRight: false, _time.GetTimestamp(), out _);
        var before = GC.GetAllocatedBytesForCurrentThread();
        var address = new IPAddress(1);
        var cost = GC.GetAllocatedBytesForCurrentThread() - before;
        for (var number = 0; number < 50_000; number++)
            _throttle.Admits(new IPAddress(number), isRight: false, _time.GetTimestamp(), out _);
        // An entry for each would be more than a megabyte; some kilobytes are the compiler's, which works meanwhile.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (cost * 50_002) + (64 * 1024));
        Assert.NotNull(address);
    }

    [Fact]
    public async Task Many_at_once_share_one_budget()
    {
        var admitted = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Interlocked.Add(ref admitted, Guess(Attacker, 1000)))));
        Assert.Equal(FailureThrottle.Burst, admitted);
    }
}
