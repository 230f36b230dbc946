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
    public void A_page_in_a_pod_of_128_MiB_and_the_largest_body_fit_whatever_the_machine_has() =>
        Assert.InRange(HeldMemory.Share, 24L * 1024 * 1024, 256L * 1024 * 1024);
}
