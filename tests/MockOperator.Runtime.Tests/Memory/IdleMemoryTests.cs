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
