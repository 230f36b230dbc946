using MockOperator.Runtime.Memory;

namespace MockOperator.Runtime.Tests.Memory;

public sealed class MemoryBudgetTests
{
    [Fact]
    public void Who_holds_much_leaves_a_quarter_to_those_who_hold_little()
    {
        var budget = new MemoryBudget(400_000);
        Assert.True(budget.TryTake(300_000, held: 300_000));
        Assert.False(budget.TryTake(20_000, held: 20_000));
        for (int caller = 0; caller < 6; caller++)
        {
            Assert.True(budget.TryTake(16_000, held: 16_000));
        }

        Assert.False(budget.TryTake(16_000, held: 16_000));
        Assert.Equal(396_000, budget.Used);
        Assert.Equal(2, budget.Refused);
        budget.Return(300_000);
        Assert.True(budget.TryTake(20_000, held: 20_000));
    }

    [Fact]
    public void What_two_kinds_take_together_is_bounded_too()
    {
        var both = new MemoryBudget(1000);
        var one = new MemoryBudget(800, both);
        var other = new MemoryBudget(800, both);
        Assert.True(one.TryTake(700, held: 700));
        Assert.False(other.TryTake(400, held: 400));
        Assert.Equal((0, 1, 700), (other.Used, other.Refused, both.Used));
        Assert.True(other.TryTake(300, held: 300));

        one.Return(700);

        Assert.True(other.TryTake(400, held: 400));
        Assert.Equal((0, 700, 700), (one.Used, other.Used, both.Used));
    }

    /// <summary>The bounds of a pod with 128 MiB, of which three quarters are the collector's.</summary>
    [Fact]
    public void Bodies_answers_heads_and_connections_leave_two_fifths_of_the_memory_whatever_is_held()
    {
        const long Mebi = 1024 * 1024;
        const int Connections = 3072;
        var memory = new HeldMemory(24 * Mebi, 24 * Mebi, 96 * Mebi);
        Assert.Equal(Connections, memory.ConnectionsBeside(Connections));
        Assert.Equal(3 * Connections, memory.ConnectionsBeside(3 * Connections));

        while (memory.Requests.TryTake(16 * 1024, held: 16 * 1024) || memory.Responses.TryTake(16 * 1024, held: 16 * 1024) || memory.Heads.TryTakeInAdvance(16 * 1024))
        {
            Assert.InRange(memory.ConnectionsBeside(Connections), Connections / 3, Connections);
        }

        Assert.InRange(memory.Bodies.Used, 28 * Mebi, 29 * Mebi);
        Assert.InRange(memory.Responses.Used, 4 * Mebi, 24 * Mebi);
        Assert.InRange(memory.Bodies.Used + memory.Heads.Used + (memory.ConnectionsBeside(Connections) * 16 * 1024L), 0, 55 * Mebi);
    }

    [Fact]
    public void Who_takes_from_a_part_is_told_of_by_the_whole()
    {
        int told = 0;
        var whole = new MemoryBudget(1000) { Taken = () => told++ };
        var part = new MemoryBudget(500, whole);
        Assert.True(part.TryTake(100, held: 100));
        Assert.False(part.TryTake(500, held: 500));
        Assert.Equal(1, told);
    }

    [Fact]
    public void A_page_in_a_pod_of_128_MiB_and_the_largest_body_fit_whatever_the_machine_has() =>
        Assert.InRange(HeldMemory.Share, 24L * 1024 * 1024, 256L * 1024 * 1024);
}
