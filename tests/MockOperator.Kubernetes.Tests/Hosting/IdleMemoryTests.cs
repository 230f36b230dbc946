using MockOperator.Kubernetes.Hosting;

namespace MockOperator.Kubernetes.Tests.Hosting;

public sealed class IdleMemoryTests
{
    private const long MiB = 1024 * 1024;

    [Fact]
    public void Memory_is_given_back_once_work_has_ended()
    {
        using var idle = new IdleMemory(TimeProvider.System);

        Assert.False(idle.IsTime(100 * MiB));
        Assert.False(idle.IsTime(200 * MiB));
        Assert.True(idle.IsTime(201 * MiB));
        Assert.False(idle.IsTime(202 * MiB));
    }

    [Fact]
    public void A_trickle_adds_up()
    {
        using var idle = new IdleMemory(TimeProvider.System);
        long allocated = 0;

        Assert.Equal(2, Enumerable.Range(0, 40).Count(_ => idle.IsTime(allocated += MiB)));
    }
}
