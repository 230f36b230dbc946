using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Tests.Memory;

public sealed class IdleMemoryTests
{
    private const long MiB = 1024 * 1024;
    private readonly IdleMemory _idle = new(static () => 0, TimeProvider.System);

    public IdleMemoryTests() => _idle.Collected(20 * MiB, 10);

    [Fact]
    public void What_a_crowd_took_is_given_back_once_it_is_quiet()
    {
        Assert.False(_idle.IsTime(100 * MiB, 90 * MiB, 6000));
        Assert.True(_idle.IsTime(101 * MiB, 90 * MiB, 10));
        _idle.Collected(21 * MiB, 10);

        Assert.False(_idle.IsTime(102 * MiB, 21 * MiB, 10));
    }

    [Fact]
    public void What_is_in_use_is_collected_once_and_again_when_the_crowd_has_left()
    {
        Assert.True(_idle.IsTime(1 * MiB, 90 * MiB, 6000));
        _idle.Collected(85 * MiB, 6000);
        Assert.False(_idle.IsTime(2 * MiB, 90 * MiB, 6000));
        Assert.False(_idle.IsTime(3 * MiB, 90 * MiB, 5000));

        Assert.True(_idle.IsTime(4 * MiB, 90 * MiB, 12));
        _idle.Collected(20 * MiB, 12);
        Assert.False(_idle.IsTime(5 * MiB, 22 * MiB, 12));
    }

    /// <summary>A flood ends, and everybody else goes on calling.</summary>
    [Fact]
    public void What_a_crowd_took_is_given_back_although_others_are_busy()
    {
        Assert.False(_idle.IsTime(100 * MiB, 90 * MiB, 3000));

        Assert.True(_idle.IsTime(150 * MiB, 90 * MiB, 12));
        _idle.Collected(25 * MiB, 12);
        Assert.False(_idle.IsTime(200 * MiB, 32 * MiB, 12));
    }

    [Fact]
    public void A_crowd_that_comes_and_goes_makes_those_who_are_busy_wait_seldom()
    {
        long allocated = 0;
        int collections = 0;
        for (int interval = 0; interval < 60; interval++)
        {
            if (_idle.IsTime(allocated += 50 * MiB, 90 * MiB, interval % 2 == 0 ? 3000 : 10))
            {
                collections++;
                _idle.Collected(30 * MiB, 10);
            }
        }

        Assert.InRange(collections, 10, 20);
    }

    [Fact]
    public void A_busy_runtime_is_left_alone()
    {
        long allocated = 0;

        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(_ => _idle.IsTime(allocated += 5 * MiB, 90 * MiB, 100)));
    }

    [Fact]
    public void A_trickle_of_allocations_alone_is_no_reason()
    {
        long allocated = 0;

        Assert.DoesNotContain(true, Enumerable.Range(0, 100).Select(each => _idle.IsTime(allocated += MiB, (25 + (each % 8)) * MiB, each % 40)));
    }

    [Fact]
    public void Few_connections_are_no_crowd()
    {
        _idle.Collected(80 * MiB, 60);

        Assert.False(_idle.IsTime(1 * MiB, 80 * MiB, 0));
    }
}
